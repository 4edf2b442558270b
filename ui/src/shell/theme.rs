//! Light or dark? As the system, or as the user says; remembered.

use leptos::prelude::*;

use crate::shared::{icon::Icon, memory};

const KEY: &str = "ociscope.theme";

/// The user's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// As the system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The choice of this page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Theme(RwSignal<Choice>);

impl Choice {
    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What a press chooses: first the other one of what is seen, then the system's own by name, then the system.
    fn next(self, system: Self) -> Self {
        let other = if system == Self::Dark { Self::Light } else { Self::Dark };
        match self {
            Self::System => other,
            chosen if chosen == other => system,
            _ => Self::System,
        }
    }

    /// What the system wants now.
    fn of_system() -> Self {
        let asked = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        if asked.is_some_and(|dark| dark.matches()) { Self::Dark } else { Self::Light }
    }
}

impl Theme {
    /// The theme of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Chooses, and remembers it.
    pub(crate) fn choose(self, choice: Choice) {
        self.0.set(choice);
        memory::keep_text(KEY, choice.name());
    }

    /// Takes up the remembered choice and follows it.
    pub(crate) fn provide() {
        let remembered = memory::text(KEY);
        let choices = [Choice::System, Choice::Light, Choice::Dark];
        let choice = choices.into_iter().find(|choice| remembered.as_deref() == Some(choice.name()));
        let theme = Self(RwSignal::new(choice.unwrap_or(Choice::System)));
        provide_context(theme);
        Effect::new(move |_| {
            let Some(root) = document().document_element() else { return };
            let _ = match theme.0.get() {
                Choice::System => root.remove_attribute("data-theme"),
                chosen => root.set_attribute("data-theme", chosen.name()),
            };
        });
    }
}

/// Goes through the three, so that each first press shows; its name says what is chosen now.
#[component]
pub(crate) fn ThemeToggle() -> impl IntoView {
    let theme = Theme::here();
    let Theme(choice) = theme;
    let label = move || {
        let now = view::text(&format!("ui.theme.{}", choice.get().name()), &[]);
        view::text("ui.theme.label", &[("theme", &now)])
    };
    let toggle = move |_| theme.choose(choice.get_untracked().next(Choice::of_system()));
    let icon = move || match choice.get() {
        Choice::System => view! { <Icon name="theme" /> },
        Choice::Light => view! { <Icon name="sun" /> },
        Choice::Dark => view! { <Icon name="moon" /> },
    };
    view! {
        <button type="button" class="icon-btn" aria-label=label title=label data-testid="theme-toggle"
            on:click=toggle>
            {icon}
        </button>
    }
}
