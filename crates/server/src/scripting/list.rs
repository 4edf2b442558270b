//! Which operations are there?

use std::io::{self, Write};

use api::{Operation, OperationKind, operations::ALL};

/// Prints every operation as one line: `{"name", "kind", "about", "example"}`, from the one list.
///
/// # Errors
/// Nobody reads what is printed.
pub fn operations(out: &mut impl Write) -> io::Result<()> {
    for operation in ALL {
        writeln!(out, "{}", one(operation)?)?;
    }
    out.flush()
}

fn one(operation: &Operation) -> io::Result<String> {
    let kind = match operation.kind {
        OperationKind::Call => "call",
        OperationKind::Watch => "watch",
    };
    let (name, about) = (serde_json::to_string(operation.name)?, serde_json::to_string(operation.about)?);
    let example = compact(operation.example);
    Ok(format!(r#"{{"name":{name},"kind":"{kind}","about":{about},"example":{example}}}"#))
}

/// JSON without the white space between its parts, which leaves the order of fields as it was written.
fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    json.chars()
        .filter(|&c| {
            let keep = quoted || !c.is_ascii_whitespace();
            if c == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = quoted && c == '\\' && !escaped;
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_but_not_out_of_strings() {
        assert_eq!(
            compact("{\n  \"b\" : [1, 2],\n \"a\": \"x \\\" y\\\\\" }"),
            r#"{"b":[1,2],"a":"x \" y\\"}"#
        );
    }
}
