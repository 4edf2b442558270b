//! What may the page do? One policy for both hosts.
//!
//! Scripts, styles and connections come from the page's own origin alone; there are no frames, forms or plugins,
//! and no inline script or style: positions on the screen are set through CSSOM, which a policy does not touch.

/// Directives of `Content-Security-Policy` that hold in both hosts, `connect-src` excepted.
/// `'wasm-unsafe-eval'` allows compiling WebAssembly, and nothing else.
pub const DIRECTIVES: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("frame-ancestors", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// What the page may connect to in the web host.
const CONNECT_WEB: &str = "'self'";

/// The header's value for the web host.
pub fn web() -> String {
    let directives = DIRECTIVES.iter().chain([&("connect-src", CONNECT_WEB)]);
    directives.map(|(name, sources)| format!("{name} {sources}")).collect::<Vec<_>>().join("; ")
}
