//! What is an answer made of? Status, headers and a body; errors in the form of the specification.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::behaviour::ErrorType;

/// An answer before it is sent, so that a fault can still change it.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// For HEAD: the length of the body that GET would send.
    pub(crate) length: Option<u64>,
}

impl Reply {
    pub(crate) fn new(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, headers: HeaderMap::new(), body: Bytes::new(), length: None }
    }

    /// Sets a header. A value that HTTP cannot carry is left out.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes()))
        {
            self.headers.insert(name, value);
        }
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes()))
        {
            self.headers.append(name, value);
        }
    }

    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.set("content-type", content_type);
        self.body = body.into();
        self
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::new(status).body("application/json", format!("{value}\n"))
    }

    pub(crate) fn text(status: u16, text: &str) -> Self {
        Self::new(status)
            .with("x-content-type-options", "nosniff")
            .body("text/plain; charset=utf-8", text.to_owned())
    }

    /// The answer of Go's router to a path that it does not know.
    pub(crate) fn no_such_path() -> Self {
        Self::text(404, "404 page not found\n")
    }

    /// Another method is wanted here.
    pub(crate) fn not_allowed(allow: &str) -> Self {
        Self::text(405, "Method not allowed\n").with("allow", allow)
    }

    /// The content length that a reader of the headers expects.
    pub(crate) fn content_length(&self) -> u64 {
        self.length.unwrap_or(self.body.len() as u64)
    }

    /// For HEAD: the headers alone.
    pub(crate) fn without_body(mut self) -> Self {
        self.length = Some(self.content_length());
        self.body = Bytes::new();
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let length = self.content_length();
        self.into_response_with(Some(length), Body::from)
    }

    /// The answer with another body; `length` is what the header says.
    pub(crate) fn into_response_with(
        self,
        length: Option<u64>,
        body: impl FnOnce(Bytes) -> Body,
    ) -> Response {
        let mut response = Response::new(body(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        let bodiless = matches!(self.status.as_u16(), 204 | 304);
        if let (Some(length), false) = (length, bodiless) {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }
}

/// An error in the form of the specification, "Error Codes".
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) errors: Vec<(&'static str, &'static str, Option<Value>)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: &'static str) -> Self {
        Self { status, errors: vec![(code, message, None)] }
    }

    pub(crate) fn detail(mut self, detail: impl Into<Value>) -> Self {
        if let Some(error) = self.errors.last_mut() {
            error.2 = Some(detail.into());
        }
        self
    }

    pub(crate) fn name_unknown(name: &str) -> Self {
        Self::new(404, "NAME_UNKNOWN", "repository name not known to registry")
            .detail(json!({ "name": name }))
    }

    pub(crate) fn manifest_unknown() -> Self {
        Self::new(404, "MANIFEST_UNKNOWN", "manifest unknown")
    }

    pub(crate) fn digest_invalid() -> Self {
        Self::new(400, "DIGEST_INVALID", "provided digest did not match uploaded content")
    }

    pub(crate) fn manifest_invalid(why: &str) -> Self {
        Self::new(400, "MANIFEST_INVALID", "manifest invalid").detail(why)
    }

    pub(crate) fn unsupported() -> Self {
        Self::new(405, "UNSUPPORTED", "The operation is unsupported.")
    }

    pub(crate) fn full() -> Self {
        Self::new(507, "DENIED", "the memory of this registry is full; delete something or start it anew")
    }

    pub(crate) fn into_reply(self, error_type: ErrorType) -> Reply {
        // Written by hand for the order that registries have: code, message, detail.
        let error = |(code, message, detail): &(&str, &str, Option<Value>)| {
            let detail = detail.as_ref().map(|detail| format!(",\"detail\":{detail}")).unwrap_or_default();
            format!("{{\"code\":{},\"message\":{}{detail}}}", json!(code), json!(message))
        };
        let errors: Vec<String> = self.errors.iter().map(error).collect();
        let body = format!("{{\"errors\":[{}]}}\n", errors.join(","));
        let mut reply = Reply::new(self.status).body("application/json", body);
        if error_type == ErrorType::Text {
            reply.set("content-type", "text/plain; charset=utf-8");
        }
        reply
    }
}
