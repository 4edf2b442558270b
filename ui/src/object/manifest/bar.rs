//! As which form are the bytes shown, and how does one take them away?

use leptos::prelude::*;

use crate::shared::copy::CopyButton;

/// How the bytes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Broken into lines here, for reading.
    Formatted,
    /// As they were sent.
    Sent,
}

/// The bar above the bytes: the choice of the form, where there is one, and Copy all.
#[component]
pub(super) fn Bar(
    /// The form.
    form: RwSignal<Form>,
    /// Whether it can be chosen: only JSON can be formatted.
    choice: bool,
    /// The text as it was sent.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let option = move |which: Form, label: String, test_id: &'static str| {
        view! {
            <label class="seg-option" class:is-on=move || form.get() == which data-testid=test_id>
                <input type="radio" name="manifest-form" class="vh" prop:checked=move || form.get() == which
                    on:change=move |_| form.set(which) />
                <span>{label}</span>
            </label>
        }
    };
    let options = choice.then(|| {
        view! {
            <div class="seg" role="radiogroup" aria-label=view::text("ui.object.code.view", &[])>
                {option(Form::Formatted, view::text("ui.object.code.formatted", &[]), "manifest-formatted")}
                {option(Form::Sent, view::text("ui.object.code.sent", &[]), "manifest-as-sent")}
            </div>
        }
    });
    view! {
        <div class="code-bar">
            {options}
            <span class="code-bar-end">
                <CopyButton text label=view::text("ui.object.code.copy", &[]) />
            </span>
        </div>
    }
}
