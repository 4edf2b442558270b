//! What is wrong with it, how much does it matter, and where?

use leptos::prelude::*;
use oci::{Finding, Severity};

use super::{clamp::Clamped, parts::Parts, section::Section};
use crate::shared::icon::Icon;

/// How many are listed.
const SHOWN: usize = 100;

/// The findings of the document, of its answer and of what it names, and the registry's own warnings.
#[component]
pub(super) fn Findings(parts: Parts) -> impl IntoView {
    let warned = warned(&parts.inspection.served.warnings);
    let found = move || {
        let findings = sorted(&parts.findings.read());
        let more = findings.len().saturating_sub(SHOWN);
        let rows = findings.iter().take(SHOWN).map(row).collect_view();
        let count = view::words::count(findings.len() as u64);
        (!findings.is_empty()).then(|| {
            view! {
                <Section title=view::text("ui.object.findings", &[]) caption=count>
                    <ul class="findings">{rows}</ul>
                    {(more > 0).then(|| view! {
                        <p class="object-note">
                            {view::text("ui.object.more_findings", &[("count", &view::words::count(more as u64))])}
                        </p>
                    })}
                </Section>
            }
        })
    };
    view! { {found} {warned} }
}

/// What the registry warns of in its own words.
fn warned(warnings: &[String]) -> Option<impl IntoView + use<>> {
    (!warnings.is_empty()).then(|| {
        let texts = warnings
            .iter()
            .take(SHOWN)
            .map(|text| view! { <li><bdi>{view::visible(text)}</bdi></li> })
            .collect_view();
        view! {
            <Section title=view::text("ui.object.warnings", &[])>
                <ul class="warnings">{texts}</ul>
            </Section>
        }
    })
}

/// Findings without a heading, the worst first; nothing where there are none. Many scroll, so that what they are about
/// keeps its room.
#[component]
pub(super) fn FindingList(findings: Vec<Finding>) -> impl IntoView {
    (!findings.is_empty()).then(|| {
        let rows = sorted(&findings).iter().take(SHOWN).map(row).collect_view();
        let name = view::text("ui.object.findings", &[]);
        view! {
            <div class="side-findings" role="region" tabindex="0" aria-label=name>
                <ul class="findings">{rows}</ul>
            </div>
        }
    })
}

/// The worst first.
fn sorted(findings: &[Finding]) -> Vec<Finding> {
    let mut findings = findings.to_vec();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// The mark of a severity, in its colour.
pub(super) fn severity_mark(of: Severity) -> impl IntoView {
    let (icon, class, word) = severity(of);
    view! { <span class=class title=word><Icon name=icon /></span> }
}

/// Icon, class and word of a severity.
fn severity(severity: Severity) -> (&'static str, &'static str, String) {
    match severity {
        Severity::Error => ("sev-error", "check-bad", view::text("ui.object.severity_error", &[])),
        Severity::Warning => ("sev-warning", "check-warn", view::text("ui.object.severity_warning", &[])),
        Severity::Info => ("sev-info", "check-info", view::text("ui.object.severity_info", &[])),
    }
}

/// One finding: its sentence, its rule, its place, what was found and what was expected.
pub(super) fn row(finding: &Finding) -> impl IntoView + use<> {
    let (icon, class, word) = severity(finding.severity);
    let place = (!finding.pointer.is_empty()).then(|| finding.pointer.clone());
    view! {
        <li class=format!("finding {class}") data-testid="object-finding" data-id=finding.id.clone()>
            <span class="finding-mark" aria-hidden="true"><Icon name=icon /></span>
            <div class="finding-text">
                <p class="finding-sentence">{view::words::finding(finding)}</p>
                <p class="finding-rule">
                    {format!("{}, {word}", finding.id)}
                    {view::words::finding_spec(finding).map(|spec| view! { <span>{spec}</span> })}
                    {place.map(|place| view! { <span class="mono"><Clamped text=place /></span> })}
                </p>
                {view::words::finding_breaks(finding).map(|breaks| view! { <p class="finding-breaks">{breaks}</p> })}
                {values(finding)}
            </div>
        </li>
    }
}

/// What was found, struck through, and what was expected.
fn values(finding: &Finding) -> Option<impl IntoView + use<>> {
    if finding.actual.is_none() && finding.expected.is_none() {
        return None;
    }
    let line = |name: String, value: &Option<String>, class: &'static str| {
        value.as_deref().map(|value| {
            view! { <dt>{name}</dt><dd><bdi class=class>{view::visible(value)}</bdi></dd> }
        })
    };
    Some(view! {
        <dl class="finding-values">
            {line(view::text("ui.object.found", &[]), &finding.actual, "was")}
            {line(view::text("ui.object.expected", &[]), &finding.expected, "")}
        </dl>
    })
}
