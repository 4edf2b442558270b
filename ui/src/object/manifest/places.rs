//! At which row does a finding stand?

use std::collections::{BTreeMap, HashMap};

use oci::{Finding, Severity};
use view::json::{Kind, Page};

/// Longer documents show their findings in the overview only.
const LONGEST: usize = 1 << 20;

/// The worst severity at each row with a finding.
pub(super) fn places(page: &Page, findings: &[&Finding]) -> BTreeMap<usize, Severity> {
    let mut places = BTreeMap::new();
    if findings.is_empty() || page.text.len() > LONGEST {
        return places;
    }
    let wanted = worst(findings);
    for (pointer, byte) in pointers(page) {
        if let Some(severity) = wanted.get(pointer.as_str()) {
            let worst = places.entry(page.row_of(byte)).or_insert(*severity);
            *worst = (*worst).max(*severity);
        }
    }
    places
}

/// The worst severity at each JSON pointer.
fn worst<'a>(findings: &[&'a Finding]) -> HashMap<&'a str, Severity> {
    let mut wanted: HashMap<&str, Severity> = HashMap::new();
    for finding in findings {
        let severity = wanted.entry(finding.pointer.as_str()).or_insert(finding.severity);
        *severity = (*severity).max(finding.severity);
    }
    wanted
}

/// The JSON pointer of each value, with the byte at which its member or value begins.
fn pointers(page: &Page) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    // For each open value: the length of its own pointer, and the place of the next element where it is an array.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut pointer = String::new();
    let mut member = None;
    for (place, token) in page.tokens.iter().enumerate() {
        // A member's name may look like something else, such as a digest.
        let is_name = page.tokens.get(place + 1).is_some_and(|next| next.kind == Kind::Mark(b':'));
        let (start, end) = (token.range().start, token.range().end);
        match token.kind {
            _ if is_name => {
                let name = page.text.get(start + 1..end - 1).unwrap_or_default();
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                member = Some(start);
            }
            Kind::Mark(b',' | b':') => {}
            Kind::Mark(b'}' | b']') => {
                if let Some((length, _)) = open.pop() {
                    pointer.truncate(length);
                }
                close(&mut pointer, &open);
            }
            _ => {
                if let Some((_, Some(index))) = open.last_mut() {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    *index += 1;
                }
                found.push((pointer.clone(), member.take().unwrap_or(start)));
                match token.kind {
                    Kind::Mark(b'{') => open.push((pointer.len(), None)),
                    Kind::Mark(_) => open.push((pointer.len(), Some(0))),
                    _ => close(&mut pointer, &open),
                }
            }
        }
    }
    found
}

/// After a value the pointer is that of what it stands in.
fn close(pointer: &mut String, open: &[(usize, Option<usize>)]) {
    pointer.truncate(open.last().map_or(0, |(length, _)| *length));
}
