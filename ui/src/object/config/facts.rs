//! How is a container of this image run?

use std::sync::Arc;

use leptos::prelude::*;
use oci::{HealthCheck, ImageConfig};

use crate::{
    object::{clamp::Clamped, section::Section},
    shared::{
        copy::CopyButton,
        kv::{Fact, Facts},
    },
};

/// How many entries of a list are shown; the raw config shows all.
const MOST: usize = 500;

/// The facts of a configuration; what it does not say is left out.
#[component]
pub(super) fn ConfigFacts(config: Arc<ImageConfig>) -> impl IntoView {
    let run = &config.run;
    // What a machine reads stands in the face of code, what a person wrote for persons does not.
    let said = |key: &str, class: &'static str, value: Option<&str>| {
        value.filter(|value| !value.is_empty()).map(|value| {
            let text = value.to_owned();
            view! { <Fact name=view::text(key, &[])><span class=class><Clamped text /></span></Fact> }
                .into_any()
        })
    };
    let one = |key: &str, value: Option<&str>| said(key, "mono", value);
    let many = |key: &str, values: &[String]| {
        (!values.is_empty()).then(|| {
            let rows = values
                .iter()
                .take(MOST)
                .map(|value| view! { <li><Clamped text=value.clone() /></li> })
                .collect_view();
            let more = more(values.len());
            view! { <Fact name=view::text(key, &[])><ul class="fact-list">{rows}</ul>{more}</Fact> }
                .into_any()
        })
    };
    let platform = config.platform().map(|platform| platform.to_string());
    let command = view::shell::command(&config).map(|line| {
        let copied = Signal::stored(line.clone());
        view! {
            <Fact name=view::text("ui.object.config.command", &[])>
                <span class="fact-line" data-testid="config-command">
                    <Clamped text=line />
                    <CopyButton text=copied label=view::text("ui.object.config.copy_command", &[]) />
                </span>
            </Fact>
        }
    });
    let shell = run.shell.as_ref().map(|shell| view::shell::line(shell));
    let health = run.healthcheck.as_ref().map(health);
    let user_fact = one("ui.object.config.user", run.user.as_deref());
    let dir_fact = one("ui.object.config.dir", run.working_dir.as_deref());
    let ports_fact = many("ui.object.config.ports", &run.exposed_ports);
    let volumes_fact = many("ui.object.config.volumes", &run.volumes);
    let signal_fact = one("ui.object.config.signal", run.stop_signal.as_deref());
    let health_fact = one("ui.object.config.health", health.as_deref());
    let shell_fact = one("ui.object.config.shell", shell.as_deref());
    let on_build_fact = many("ui.object.config.on_build", &run.on_build);
    let created_fact = said("ui.object.config.created", "", config.created.as_deref());
    let author_fact = said("ui.object.config.author", "", config.author.as_deref());
    let features_fact = many("ui.object.config.features", &config.os_features);
    let env = (!run.env.is_empty()).then(|| {
        let rows =
            run.env.iter().take(MOST).map(|variable| pair(variable.name(), variable.value())).collect_view();
        let caption = view::words::count(run.env.len() as u64);
        let more = more(run.env.len());
        view! {
            <Section title=view::text("ui.object.config.env", &[]) caption>
                <dl class="pairs" data-testid="config-env">{rows}</dl>
                {more}
            </Section>
        }
    });
    let labels = (!run.labels.is_empty()).then(|| {
        let rows = run.labels.iter().take(MOST).map(|(name, value)| pair(name, value)).collect_view();
        let caption = view::words::count(run.labels.len() as u64);
        let more = more(run.labels.len());
        view! {
            <Section title=view::text("ui.object.config.labels", &[]) caption>
                <dl class="pairs" data-testid="config-labels">{rows}</dl>
                {more}
            </Section>
        }
    });
    view! {
        <div class="config-facts">
            <Section title=view::text("ui.object.config.run", &[])>
                <Facts>
                    {platform.map(|platform| view! {
                        <Fact name=view::text("ui.object.platform", &[])>
                            <span class="mono" data-testid="config-platform"><Clamped text=platform /></span>
                        </Fact>
                    })}
                    {command}
                    {user_fact}
                    {dir_fact}
                    {ports_fact}
                    {volumes_fact}
                    {signal_fact}
                    {health_fact}
                    {shell_fact}
                    {on_build_fact}
                    {created_fact}
                    {author_fact}
                    {features_fact}
                </Facts>
            </Section>
            {env}
            {labels}
        </div>
    }
}

/// One name with its value.
fn pair(name: &str, value: &str) -> impl IntoView + use<> {
    view! {
        <div class="pair">
            <dt><Clamped text=name.to_owned() /></dt>
            <dd><Clamped text=value.to_owned() /></dd>
        </div>
    }
}

/// How many are not shown.
fn more(count: usize) -> Option<impl IntoView + use<>> {
    let more = count.saturating_sub(MOST);
    (more > 0).then(|| {
        let count = view::words::count(more as u64);
        view! { <p class="object-note">{view::text("ui.object.config.more", &[("count", &count)])}</p> }
    })
}

/// The check as a line of a Dockerfile.
fn health(check: &HealthCheck) -> String {
    let seconds = |name: &str, nanoseconds: Option<u64>| {
        // Docker writes nanoseconds; a float holds those of any real interval exactly enough.
        nanoseconds.filter(|time| *time > 0).map(|time| format!("--{name}={}s ", time as f64 / 1e9))
    };
    let mut line = String::new();
    line.extend(seconds("interval", check.interval));
    line.extend(seconds("timeout", check.timeout));
    line.extend(seconds("start-period", check.start_period));
    line.extend(seconds("start-interval", check.start_interval));
    line.extend(check.retries.filter(|count| *count > 0).map(|count| format!("--retries={count} ")));
    match check.test.split_first() {
        Some((first, rest)) if first == "CMD-SHELL" => line.push_str(&rest.join(" ")),
        Some((first, rest)) if first == "CMD" => line.push_str(&view::shell::line(rest)),
        Some(_) => line.push_str(&check.test.join(" ")),
        None => {}
    }
    line
}
