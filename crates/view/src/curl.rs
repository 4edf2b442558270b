//! Which command line asks a registry the same once more?

use api::Exchange;

/// The exchange as a line for curl. Secrets were left out of it before; `…` stands where they were.
pub fn curl(exchange: &Exchange) -> String {
    let mut arguments = vec!["curl".to_owned(), "--include".to_owned()];
    match exchange.method.as_str() {
        "GET" => {}
        "HEAD" => arguments[1] = "--head".to_owned(),
        method => arguments.extend(["--request".to_owned(), method.to_owned()]),
    }
    for header in &exchange.request_headers {
        // What curl writes by itself would be there twice.
        if !matches!(header.name.as_str(), "host" | "content-length" | "connection") {
            arguments.extend(["--header".to_owned(), format!("{}: {}", header.name, header.value)]);
        }
    }
    arguments.push(exchange.url.clone());
    crate::shell::line(&arguments)
}

#[cfg(test)]
mod tests {
    use api::{Connection, Header, Outcome};

    use super::*;

    #[test]
    fn the_same_request_once_more() {
        let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.to_owned() };
        let mut exchange = Exchange {
            id: 1,
            registry: "ghcr.io".parse().unwrap(),
            started_ms: 0,
            method: "GET".to_owned(),
            url: "https://ghcr.io/v2/a/manifests/it's".to_owned(),
            request_headers: vec![header("host", "ghcr.io"), header("authorization", "Bearer …")],
            outcome: Outcome::Status(200),
            response_headers: Vec::new(),
            queued_ms: 0.0,
            dns_ms: None,
            connection: Connection::Reused,
            first_byte_ms: None,
            body_ms: None,
            body_bytes: 0,
            because: None,
        };
        let line = curl(&exchange);
        assert_eq!(
            line,
            r"curl --include --header 'authorization: Bearer …' 'https://ghcr.io/v2/a/manifests/it'\''s'"
        );
        exchange.method = "HEAD".to_owned();
        exchange.request_headers.clear();
        exchange.url = "https://ghcr.io/v2/".to_owned();
        assert_eq!(curl(&exchange), "curl --head https://ghcr.io/v2/");
    }
}
