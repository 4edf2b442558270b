//! Is each operation's example one of that operation?

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Call, Watch, operations};

/// Reads an example as its typed operation; the error says what does not fit.
pub(crate) type Check = fn(&str) -> Result<(), String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallExample {
    request: Value,
    reply: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchExample {
    request: Value,
    events: Vec<Value>,
}

pub(crate) fn check_call<C: Call>(text: &str) -> Result<(), String> {
    let example: CallExample = read(text)?;
    same::<C>(&example.request)?;
    same::<C::Reply>(&example.reply)
}

pub(crate) fn check_watch<W: Watch>(text: &str) -> Result<(), String> {
    let example: WatchExample = read(text)?;
    same::<W>(&example.request)?;
    if example.events.is_empty() {
        return Err("a watch's example shows at least one event".to_owned());
    }
    example.events.iter().try_for_each(same::<W::Event>)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Reading and writing gives the same JSON: nothing is missing, misspelled or left out.
fn same<T: Serialize + DeserializeOwned>(example: &Value) -> Result<(), String> {
    let typed = T::deserialize(example).map_err(|error| format!("{error} in {example}"))?;
    let again = serde_json::to_value(typed).map_err(|error| error.to_string())?;
    if again == *example { Ok(()) } else { Err(format!("written {example}\nread    {again}")) }
}

#[test]
fn each_example_is_one_of_its_operation() {
    assert_eq!(operations::CHECKS.len(), operations::ALL.len());
    for (operation, (name, check)) in operations::ALL.iter().zip(operations::CHECKS) {
        assert_eq!(operation.name, *name);
        if let Err(why) = check(operation.example) {
            panic!("{name}: {why}");
        }
    }
}

#[test]
fn an_example_of_another_operation_is_refused() {
    let check = |wanted: &str| operations::CHECKS.iter().find(|(name, _)| *name == wanted).unwrap().1;
    let misspelled = r#"{"request": {"registry": "a.example"}, "events": [{"repositoris": []}]}"#;
    assert!(check("list_repositories")(misspelled).is_err());
    let unknown_field = r#"{"request": {"name": "a.example", "nmae": 1}, "reply": {"registries": []}}"#;
    assert!(check("remove_registry")(unknown_field).is_err());
    let none = r#"{"request": {"registry": "a.example"}, "events": []}"#;
    assert!(check("list_repositories")(none).is_err());
}
