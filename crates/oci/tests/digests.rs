//! Which texts are digests, and which bytes hash to them?
//!
//! Image specification, descriptor.md, "Digests" and "Registered Algorithms".

use oci::{Algorithm, Digest, DigestError, Hasher, Verification};
use proptest::prelude::*;

/// The empty JSON object's, from manifest.md.
const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const EMPTY_512: &str = "sha512:27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9\
                         a33c2046ef60fd2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd";

#[test]
fn known_bytes_have_their_digests() {
    assert_eq!(Digest::sha256(b"{}").as_str(), EMPTY);
    assert_eq!(Digest::sha512(b"{}").as_str(), EMPTY_512);
    // FIPS 180-2, appendix B.1 and C.1.
    assert_eq!(
        Digest::sha256(b"abc").as_str(),
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(
        Digest::sha512(b"abc").as_str(),
        "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    );
}

#[test]
fn what_follows_the_grammar_is_a_digest() {
    let cases = [
        (EMPTY, Algorithm::Sha256),
        (EMPTY_512, Algorithm::Sha512),
        // Unknown, well-formed: valid, and nobody can verify it.
        ("md5:d41d8cd98f00b204e9800998ecf8427e", Algorithm::Other("md5".to_owned())),
        ("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", Algorithm::Other("sha1".to_owned())),
        ("sha384:ABC", Algorithm::Other("sha384".to_owned())),
        ("foo+bar:zz", Algorithm::Other("foo+bar".to_owned())),
        (
            "multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8",
            Algorithm::Other("multihash+base58".to_owned()),
        ),
        (
            "sha256+b64u:LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564",
            Algorithm::Other("sha256+b64u".to_owned()),
        ),
        ("a.b-c_d:x=_-", Algorithm::Other("a.b-c_d".to_owned())),
        (
            "blake3:af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            Algorithm::Other("blake3".to_owned()),
        ),
    ];
    for (text, algorithm) in cases {
        let digest: Digest = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(digest.algorithm(), algorithm);
        assert_eq!(format!("{}:{}", algorithm.as_str(), digest.encoded()), text);
        if let Algorithm::Other(_) = algorithm {
            assert_eq!(digest.verify(b"{}"), Verification::CannotVerify, "{text}");
        }
    }
}

#[test]
fn registered_algorithms_want_their_exact_hex() {
    let hex = &EMPTY["sha256:".len()..];
    let cases = [
        "sha256:ABC".to_owned(),
        format!("sha256:{}", &hex[..63]),
        format!("sha256:{hex}0"),
        format!("sha256:{}", hex.to_ascii_uppercase()),
        format!("sha256:{}g", &hex[..63]),
        format!("sha512:{hex}"),
        format!("blake3:{}", &hex[..63]),
        format!("blake3:{}", hex.to_ascii_uppercase()),
    ];
    for text in cases {
        assert!(matches!(text.parse::<Digest>(), Err(DigestError::Hex { .. })), "{text}");
    }
}

#[test]
fn what_breaks_the_grammar_is_none() {
    let hex = &EMPTY["sha256:".len()..];
    let cases = [
        String::new(),
        ":".to_owned(),
        "sha256".to_owned(),
        "sha256:".to_owned(),
        format!(":{hex}"),
        format!("SHA256:{hex}"),
        format!("sha256::{hex}"),
        format!("sha256:{hex}:"),
        format!(" sha256:{hex}"),
        format!("sha256:{hex}\n"),
        "sha256:../../etc/passwd".to_owned(),
        "md5:../../etc/passwd".to_owned(),
        "md5:a/b".to_owned(),
        "md5:a b".to_owned(),
        "md5:ä".to_owned(),
        "a++b:x".to_owned(),
        "+a:x".to_owned(),
        "a+:x".to_owned(),
        "a/b:x".to_owned(),
        "ä:x".to_owned(),
    ];
    for text in cases {
        assert!(text.parse::<Digest>().is_err(), "{text:?}");
        assert!(serde_json::from_value::<Digest>(text.clone().into()).is_err(), "{text:?}");
    }
}

#[test]
fn bytes_are_verified_or_named_for_what_they_are() {
    for text in [EMPTY, EMPTY_512] {
        let digest: Digest = text.parse().unwrap();
        assert_eq!(digest.verify(b"{}"), Verification::Verified);
        let Verification::Mismatch(actual) = digest.verify(b"{ }") else { panic!("{text} was taken") };
        assert_eq!(actual.algorithm(), digest.algorithm());
        assert_eq!(actual.verify(b"{ }"), Verification::Verified);
    }
}

proptest! {
    #[test]
    fn digests_are_their_text(
        algorithm in "[a-z0-9]{1,6}([+._-][a-z0-9]{1,6}){0,2}", encoded in "[a-zA-Z0-9=_-]{1,80}",
    ) {
        let text = format!("{algorithm}:{encoded}");
        if let Ok(digest) = text.parse::<Digest>() {
            prop_assert_eq!(digest.to_string(), text);
            let again: Digest = serde_json::from_value(serde_json::to_value(&digest).unwrap()).unwrap();
            prop_assert_eq!(again, digest);
        } else {
            prop_assert!(matches!(&*algorithm, "sha256" | "sha512" | "blake3"));
        }
    }

    #[test]
    fn pieces_hash_as_the_whole_does(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0_usize..300) {
        let (first, second) = bytes.split_at(cut.min(bytes.len()));
        for digest in [Digest::sha256(&bytes), Digest::sha512(&bytes)] {
            let mut hasher = Hasher::new(&digest.algorithm());
            hasher.update(first);
            hasher.update(second);
            prop_assert_eq!(hasher.finish(&digest), Verification::Verified);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        if let Ok(digest) = text.parse::<Digest>() {
            prop_assert_eq!(digest.as_str(), &*text);
        }
    }
}
