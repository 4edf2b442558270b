//! Which names may a tag have? All of these, and a list has to put them in order.

use fake_registry::Store;

use super::{image, repository};

const NAME: &str = "trouble/tags";

const ODD: [&str; 20] = [
    "latest",
    "LATEST",
    "1",
    "01",
    "1.9",
    "1.10",
    "1.10.0-rc.2",
    "1.10.0-rc.10",
    "v2",
    "V2",
    "2026-01-31",
    "20260131",
    "18446744073709551616",
    "_",
    "__",
    "a.-_",
    "true",
    "null",
    "constructor",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
];

pub(super) fn fill(store: &Store) {
    let repository = repository(store, NAME);
    let image = image(repository, &ODD, "Many names for one image");
    // The longest name that a tag can have, a signature's and a list's of something that is gone.
    let gone = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    for tag in ["x".repeat(128), format!("sha256-{gone}.sig"), format!("sha256-{gone}")] {
        store.put_tag(NAME, &tag, &image.digest);
    }
}
