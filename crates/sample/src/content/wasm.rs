//! demo/wasm: a WebAssembly module in the layout of the CNCF's TAG Runtime.
//!
//! "Wasm OCI Artifact layout": the config says for which system the module is, and the one layer is the module.

use fake_registry::Store;

use crate::build::{OCI_MANIFEST, Repository, annotations, list};

const CONFIG: &str = "application/vnd.wasm.config.v0+json";
const WASM: &str = "application/wasm";

pub(super) fn fill(store: &Store) {
    let repository = Repository { store, name: "demo/wasm" };
    let module = repository.blob(WASM, &module());
    let config = format!(
        "{{\"created\":\"2026-03-05T12:00:00Z\",\"author\":\"Sample\",\"architecture\":\"wasm\",\"os\":\"wasip1\",\
         \"layerDigests\":[\"{}\"]}}",
        module.digest
    );
    let config = repository.blob(CONFIG, config.as_bytes());
    let title = annotations(&[("org.opencontainers.image.title", "hello.wasm")], 0);
    let about = annotations(
        &[
            ("org.opencontainers.image.created", "2026-03-05T12:00:00Z"),
            ("org.opencontainers.image.description", "Says hello on its standard output"),
            ("org.opencontainers.image.licenses", "MIT OR Apache-2.0"),
        ],
        2,
    );
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {},\n  \"annotations\": {about}\n}}",
        config.json(2),
        list(&[module.with(format!("\"annotations\": {title}"))], 2),
    );
    repository.manifest(&["0.1.0"], OCI_MANIFEST, &text);
}

/// A module that writes a line, assembled by hand: WebAssembly core specification, "Binary Format".
fn module() -> Vec<u8> {
    const I32: u8 = 0x7f;
    const LINE: &[u8] = b"hello from demo/wasm\n";
    // Where the text begins, and in front of it the vector that `fd_write` reads: where, how long.
    const AT: u8 = 8;
    let mut data = vec![AT, 0, 0, 0, LINE.len() as u8, 0, 0, 0];
    data.extend_from_slice(LINE);

    // (i32, i32, i32, i32) -> i32, and () -> ().
    let types = [2, 0x60, 4, I32, I32, I32, I32, 1, I32, 0x60, 0, 0];
    // From `wasi_snapshot_preview1` the function `fd_write` of the first type.
    let imports = [&[1][..], &name("wasi_snapshot_preview1"), &name("fd_write"), &[0, 0]].concat();
    // `_start` is function 1, after the imported one; `memory` is memory 0.
    let exports = [&[2][..], &name("memory"), &[2, 0], &name("_start"), &[0, 1]].concat();
    // fd_write(1, 0, 1, 32): one vector at 0 goes to the standard output; the count is put behind the text.
    let body = [0, 0x41, 1, 0x41, 0, 0x41, 1, 0x41, 32, 0x10, 0, 0x1a, 0x0b];
    let code = [&[1, body.len() as u8][..], &body].concat();
    // Active in memory 0, from address 0 on.
    let data = [&[1, 0, 0x41, 0, 0x0b, data.len() as u8][..], &data].concat();

    let sections: [(u8, &[u8]); 7] =
        [(1, &types), (2, &imports), (3, &[1, 1]), (5, &[1, 0, 1]), (7, &exports), (10, &code), (11, &data)];
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    for (id, content) in sections {
        // Every length here is below 128, which LEB128 writes as one byte.
        module.extend_from_slice(&[id, content.len() as u8]);
        module.extend_from_slice(content);
    }
    module
}

fn name(text: &str) -> Vec<u8> {
    [&[text.len() as u8][..], text.as_bytes()].concat()
}
