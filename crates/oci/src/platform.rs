//! On what does a child of an index run, and how well does that answer a wish?

use serde::{Deserialize, Serialize};

use crate::json::Json;

/// What a child of an index runs on (image specification, image-index.md).
///
/// It is written in one form everywhere: `linux/arm64/v8`, and `windows/amd64 10.0.20348.2227` with the system's
/// version behind a space. [`Platform::from`] reads that form and those of other programs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Platform {
    /// For example `linux`; empty where it is missing.
    pub os: String,
    /// For example `arm64`; empty where it is missing.
    pub architecture: String,
    /// For example `v8`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// For example `10.0.20348.2227` on Windows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
}

/// How well what was chosen answers what was asked for. The better is the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// It is that platform as it was written, or nothing was asked for.
    Exact,
    /// It is that platform: what one of them leaves open, the other may say.
    Same,
    /// System and architecture are those, and the variant or the system's version is another one.
    Near,
    /// Nothing was found that runs there, and something else was taken.
    Other,
}

impl Platform {
    pub(crate) fn read(json: &Json) -> Option<Self> {
        if !matches!(json, Json::Object(_)) {
            return None;
        }
        let text = |name: &str| json.get(name).and_then(Json::as_text).map(str::to_owned);
        Some(Self {
            os: text("os").unwrap_or_default(),
            architecture: text("architecture").unwrap_or_default(),
            variant: text("variant"),
            os_version: text("os.version"),
        })
    }

    /// How well this platform answers a wish for another. A variant that is not named is the usual one of its
    /// architecture, arm64's `v8` for example (image-index.md, "Platform Variants"; containerd's and docker's rule);
    /// where an architecture has no usual one, and for the system's version, only what both name is compared.
    pub fn answers(&self, wanted: &Self) -> Match {
        let one = |of: &Self| (of.os.clone(), of.architecture.clone());
        if self == wanted {
            Match::Exact
        } else if one(self) != one(wanted) {
            Match::Other
        } else if agree(self.variant(), wanted.variant()) && agree(self.build(), wanted.build()) {
            Match::Same
        } else {
            Match::Near
        }
    }

    /// The variant, and where none is named the usual one.
    fn variant(&self) -> Option<&str> {
        let named = self.variant.as_deref().filter(|variant| !variant.is_empty());
        named.or(match self.architecture.as_str() {
            "amd64" => Some("v1"),
            "arm" => Some("v7"),
            "arm64" => Some("v8"),
            _ => None,
        })
    }

    /// The system's version as far as it decides what runs: of Windows `10.0.20348`, for what follows is how far it is
    /// patched (containerd's rule too).
    fn build(&self) -> Option<&str> {
        let version = self.os_version.as_deref().filter(|version| !version.is_empty())?;
        let patches = version.match_indices('.').nth(2).filter(|_| self.os == "windows");
        Some(patches.map_or(version, |(end, _)| &version[..end]))
    }
}

/// Whether two texts are one, or one of them is not named.
fn agree(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// `linux/arm64/v8`, `windows/amd64 10.0.20348.2227`.
impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if let Some(variant) = &self.variant {
            write!(f, "/{variant}")?;
        }
        if let Some(version) = &self.os_version {
            write!(f, " {version}")?;
        }
        Ok(())
    }
}

/// Reads what [`Platform`] writes, and the system's version also as a last part, `windows/amd64/10.0.20348`, and as
/// containerd writes it, `windows(10.0.20348)/amd64`. Any text is some platform; of a text that names none there is no
/// match.
impl From<&str> for Platform {
    fn from(text: &str) -> Self {
        let owned = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (name, version) = match text.trim().split_once(' ') {
            Some((name, version)) => (name, owned(version.trim())),
            None => (text.trim(), None),
        };
        let mut parts = name.split('/');
        let system = parts.next().unwrap_or_default();
        let (os, of_system) = match system.strip_suffix(')').and_then(|system| system.split_once('(')) {
            Some((os, version)) => (os, owned(version)),
            None => (system, None),
        };
        let architecture = parts.next().unwrap_or_default().to_owned();
        // No variant has a dot in it, and every version has.
        let (versions, variants): (Vec<&str>, Vec<&str>) =
            parts.filter(|part| !part.is_empty()).partition(|part| part.contains('.'));
        Self {
            os: os.to_owned(),
            architecture,
            variant: owned(&variants.join("/")),
            os_version: version.or(of_system).or_else(|| owned(&versions.join("/"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_form_is_read_back_and_so_are_those_of_other_programs() {
        for text in ["linux/amd64", "linux/arm64/v8", "windows/amd64 10.0.20348.2227", "a/b/c 1"] {
            assert_eq!(Platform::from(text).to_string(), text);
        }
        let windows = "windows/amd64 10.0.20348.2227";
        for text in ["windows/amd64/10.0.20348.2227", "windows(10.0.20348.2227)/amd64"] {
            assert_eq!(Platform::from(text).to_string(), windows, "{text}");
        }
        assert_eq!(Platform::from("").to_string(), "/");
        assert_eq!(Platform::from(" linux ").to_string(), "linux/");
    }

    /// image-index.md, "Platform Variants": arm64 without a variant is v8; arm without one is v7 to docker and containerd.
    #[test]
    fn what_one_leaves_open_the_other_may_say() {
        let cases = [
            ("linux/arm64", "linux/arm64", Match::Exact),
            ("linux/arm64/v8", "linux/arm64", Match::Same),
            ("linux/arm64", "linux/arm64/v8", Match::Same),
            ("linux/amd64/v1", "linux/amd64", Match::Same),
            ("linux/arm/v7", "linux/arm", Match::Same),
            ("linux/riscv64/rva22u64", "linux/riscv64", Match::Same),
            ("windows/amd64 10.0.20348.2227", "windows/amd64", Match::Same),
            ("windows/amd64 10.0.20348.2227", "windows/amd64 10.0.20348.1", Match::Same),
            ("linux/arm/v6", "linux/arm", Match::Near),
            ("linux/arm64/v9", "linux/arm64", Match::Near),
            ("windows/amd64 10.0.20348.2227", "windows/amd64 10.0.17763.2227", Match::Near),
            ("linux/arm64", "linux/amd64", Match::Other),
            ("windows/amd64", "linux/amd64", Match::Other),
            ("linux/amd64", "", Match::Other),
        ];
        for (one, wanted, expected) in cases {
            assert_eq!(Platform::from(one).answers(&Platform::from(wanted)), expected, "{one} for {wanted}");
        }
    }
}
