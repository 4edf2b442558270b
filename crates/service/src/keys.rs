//! What can be an action's keys?
//!
//! Which actions and which keys there are is the UI's matter, and another version has others: here both are known by
//! their shape alone.

use std::collections::BTreeMap;

use api::{ActionKeys, Code, Error, MOST_KEYS};

/// Actions that have keys of the user's own at most.
pub const MOST_KEYED: usize = 200;
/// The longest name of an action, and the longest key.
const LONGEST: usize = 40;

/// Whether this can stand for an action and its keys.
#[must_use]
pub fn is_keyed(action: &str, keys: &[String]) -> bool {
    is_name(action) && keys.len() <= MOST_KEYS && keys.iter().all(|key| is_key(key))
}

/// `pin-row`.
fn is_name(action: &str) -> bool {
    action.len() <= LONGEST
        && action.starts_with(|first: char| first.is_ascii_lowercase())
        && action.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// One key, or two with a space between them.
fn is_key(key: &str) -> bool {
    let pressed: Vec<&str> = key.split(' ').collect();
    key.len() <= LONGEST
        && pressed.len() <= 2
        && pressed
            .iter()
            .all(|one| !one.is_empty() && !one.contains(|it: char| it.is_control() || it.is_whitespace()))
}

/// Makes all of the changes or none.
pub(crate) fn change(
    kept: &mut BTreeMap<String, Vec<String>>,
    changes: Vec<ActionKeys>,
) -> Result<(), Error> {
    let refused = |message: String| Err(Error::new(Code::BadRequest, message));
    let mut changed = kept.clone();
    for ActionKeys { action, keys } in changes {
        let keys_or_none = keys.as_deref().unwrap_or_default();
        if !is_keyed(&action, keys_or_none) {
            return refused(format!(
                "This is no action with keys: a name, and at most {MOST_KEYS} short keys."
            ));
        }
        match keys {
            Some(keys) => changed.insert(action, keys),
            None => changed.remove(&action),
        };
    }
    if changed.len() > MOST_KEYED {
        return refused(format!(
            "{MOST_KEYED} actions have keys of your own already: put one of them back first."
        ));
    }
    *kept = changed;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(action: &str, keys: Option<&[&str]>) -> ActionKeys {
        let keys = keys.map(|keys| keys.iter().map(|&key| key.to_owned()).collect());
        ActionKeys { action: action.to_owned(), keys }
    }

    #[test]
    fn keys_are_given_taken_away_and_put_back() {
        let mut kept = BTreeMap::new();
        change(&mut kept, vec![of("pin-row", Some(&["q", "g p"])), of("filter", Some(&[]))]).unwrap();
        assert_eq!(kept["pin-row"], ["q", "g p"]);
        assert!(kept["filter"].is_empty());
        change(&mut kept, vec![of("pin-row", None), of("never-seen", None)]).unwrap();
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["filter"]);
    }

    #[test]
    fn what_is_no_name_or_no_key_changes_nothing() {
        let long = "k".repeat(41);
        let many = ["q"; 9];
        for bad in [
            of("", Some(&["q"])),
            of("Pin", Some(&["q"])),
            of("7up", Some(&["q"])),
            of("pin row", None),
            of(&long, Some(&["q"])),
            of("pin", Some(&[""])),
            of("pin", Some(&[" "])),
            of("pin", Some(&["g  t"])),
            of("pin", Some(&["g t x"])),
            of("pin", Some(&["\u{1b}"])),
            of("pin", Some(&["g\tt"])),
            of("pin", Some(&[&long])),
            of("pin", Some(&many)),
        ] {
            let mut kept = BTreeMap::from([("stop".to_owned(), vec!["s".to_owned()])]);
            let before = kept.clone();
            let error = change(&mut kept, vec![of("stop", None), bad.clone()]).unwrap_err();
            assert_eq!((error.code, &kept), (Code::BadRequest, &before), "{bad:?}");
        }
        for good in ["ä", "+", "Mod++", "Mod+Shift+ArrowLeft", "? ?"] {
            assert!(is_keyed("a", &[good.to_owned()]), "{good}");
        }
    }

    #[test]
    fn the_two_hundred_and_first_action_is_refused() {
        let all = (0..200).map(|nth| of(&format!("a{nth}"), Some(&["q"]))).collect();
        let mut kept = BTreeMap::new();
        change(&mut kept, all).unwrap();
        assert_eq!(change(&mut kept, vec![of("more", Some(&["q"]))]).unwrap_err().code, Code::BadRequest);
        change(&mut kept, vec![of("a7", Some(&["w"])), of("a8", None), of("more", Some(&["q"]))]).unwrap();
        assert_eq!((kept.len(), kept["a7"].as_slice()), (200, ["w".to_owned()].as_slice()));
    }
}
