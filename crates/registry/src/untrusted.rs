//! Why is a TLS connection not trusted, and what is to be done about it?

use std::time::{Duration, SystemTime};

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error};

use crate::text::sanitise;

/// Why one of the two sides does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Untrusted {
    /// Nobody whom this machine trusts has signed the certificate.
    UnknownAuthority,
    /// It is an authority's certificate, which stands for no server.
    OfAuthority,
    /// It ended, at a time by the certificate, before another by this machine.
    Expired(Option<Span>),
    /// It has not begun.
    NotYetValid(Option<Span>),
    /// It is for other names.
    WrongName(Vec<String>),
    /// Its authority took it back.
    Revoked,
    /// The server wants a client certificate, and got none, or none that it takes.
    ClientCertificate,
    /// The server has no site of this name (RFC 6066, 3).
    UnknownName,
    /// Both speak TLS, and nothing of it in common.
    NothingInCommon,
    /// Anything else, in the library's words.
    Other(String),
}

/// Two moments that do not fit: the certificate's, and this machine's now. Seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    limit: u64,
    now: u64,
}

impl Span {
    fn new(limit: UnixTime, now: UnixTime) -> Self {
        Self { limit: limit.as_secs(), now: now.as_secs() }
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn date(seconds: u64) -> String {
    // The library that writes dates has none behind the year 9999, and a certificate may.
    const LAST: u64 = 253_402_300_799;
    httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.min(LAST)))
}

impl Untrusted {
    /// Sorts the library's error.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            Error::InvalidCertificate(why) => Self::of_certificate(why),
            Error::AlertReceived(alert) => Self::of_alert(*alert),
            Error::PeerIncompatible(_) | Error::NoApplicationProtocol => Self::NothingInCommon,
            other => Self::Other(sanitise(&other.to_string())),
        }
    }

    /// The same of an error that reached us as words alone: HTTP/2 keeps no other.
    pub(crate) fn of_words(words: &str) -> Option<Self> {
        let alert = words.strip_prefix("received fatal alert: ")?;
        let known = (0..=u8::MAX).map(AlertDescription::from).find(|known| format!("{known:?}") == alert);
        let other = || Self::Other(format!("it broke off with {}", sanitise(alert)));
        Some(known.map_or_else(other, Self::of_alert))
    }

    fn of_certificate(why: &CertificateError) -> Self {
        match why {
            CertificateError::UnknownIssuer => Self::UnknownAuthority,
            CertificateError::Expired => Self::Expired(None),
            CertificateError::ExpiredContext { time, not_after } => {
                Self::Expired(Some(Span::new(*not_after, *time)))
            }
            CertificateError::NotValidYet => Self::NotYetValid(None),
            CertificateError::NotValidYetContext { time, not_before } => {
                Self::NotYetValid(Some(Span::new(*not_before, *time)))
            }
            CertificateError::NotValidForName => Self::WrongName(Vec::new()),
            CertificateError::NotValidForNameContext { presented, .. } => {
                Self::WrongName(presented.iter().map(|name| sanitise(&plain(name))).collect())
            }
            CertificateError::Revoked => Self::Revoked,
            // An authority's certificate in the place of a server's: what `openssl req -x509` makes.
            CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
                Self::OfAuthority
            }
            other => Self::Other(sanitise(&other.to_string())),
        }
    }

    /// A server's last words (RFC 8446, 6.2).
    fn of_alert(alert: AlertDescription) -> Self {
        match alert {
            AlertDescription::CertificateRequired
            | AlertDescription::NoCertificate
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateRevoked
            | AlertDescription::UnknownCA => Self::ClientCertificate,
            AlertDescription::UnrecognisedName => Self::UnknownName,
            AlertDescription::HandshakeFailure
            | AlertDescription::ProtocolVersion
            | AlertDescription::InsufficientSecurity
            | AlertDescription::NoApplicationProtocol => Self::NothingInCommon,
            other => Self::Other(format!("it broke off with {other:?}")),
        }
    }

    /// The end of a sentence: why the connection to a host is not trusted.
    pub(crate) fn why(&self) -> String {
        match self {
            Self::UnknownAuthority => {
                "its certificate is signed by an authority that this machine does not know".to_owned()
            }
            Self::OfAuthority => {
                "its certificate is an authority's own, which stands for no server: a certificate without \
                                  CA:TRUE is wanted"
                    .to_owned()
            }
            Self::Expired(None) => "its certificate has expired".to_owned(),
            Self::Expired(Some(Span { limit, now })) => {
                format!(
                    "its certificate expired on {}, and this machine says it is {}",
                    date(*limit),
                    date(*now)
                )
            }
            Self::NotYetValid(None) => "its certificate is not valid yet".to_owned(),
            Self::NotYetValid(Some(Span { limit, now })) => format!(
                "its certificate begins on {}, and this machine says it is {}: one of the two clocks is wrong",
                date(*limit),
                date(*now)
            ),
            Self::WrongName(names) if names.is_empty() => "its certificate is for another name".to_owned(),
            Self::WrongName(names) => {
                const SHOWN: usize = 5;
                let more = names.len().saturating_sub(SHOWN);
                let mut listed = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
                if more > 0 {
                    listed.push_str(&format!(" and {more} more"));
                }
                format!("its certificate is for {listed}, not for this name")
            }
            Self::Revoked => "its certificate was taken back by its authority".to_owned(),
            Self::ClientCertificate => "it wants a client certificate, and got none that it takes".to_owned(),
            Self::UnknownName => "it serves no site of this name".to_owned(),
            Self::NothingInCommon => {
                "it offers no version or cipher of TLS that is safe enough to be spoken here".to_owned()
            }
            Self::Other(words) => words.clone(),
        }
    }
}

/// `DnsName("a.example")` and `IpAddress(10.0.0.1)`, as the library presents names, without its wrapping.
fn plain(presented: &str) -> String {
    let inner = presented.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(presented);
    inner.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_without_the_librarys_wrapping() {
        for (presented, shown) in [
            ("DnsName(\"a.example\")", "a.example"),
            ("IpAddress(10.0.0.1)", "10.0.0.1"),
            ("a.example", "a.example"),
            ("(", "("),
            ("", ""),
        ] {
            assert_eq!(plain(presented), shown);
        }
    }

    #[test]
    fn a_date_beyond_every_calendar_is_no_panic() {
        assert_eq!(date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(date(u64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn words_of_an_alert_mean_what_the_alert_means() {
        let said = |words| Untrusted::of_words(words);
        assert_eq!(said("received fatal alert: CertificateRequired"), Some(Untrusted::ClientCertificate));
        assert_eq!(said("received fatal alert: UnrecognisedName"), Some(Untrusted::UnknownName));
        let other = Untrusted::Other("it broke off with DecodeError".to_owned());
        assert_eq!(said("received fatal alert: DecodeError"), Some(other));
        assert_eq!(said("connection reset by peer"), None);
        for alert in (0..=u8::MAX).map(AlertDescription::from) {
            assert_eq!(
                Untrusted::of_words(&Error::AlertReceived(alert).to_string()),
                Some(Untrusted::of_alert(alert))
            );
        }
    }

    #[test]
    fn many_names_are_counted() {
        let names: Vec<_> = (1..=8).map(|number| format!("n{number}.example")).collect();
        assert_eq!(
            Untrusted::WrongName(names).why(),
            "its certificate is for n1.example, n2.example, n3.example, n4.example, n5.example and 3 more, not for \
             this name"
        );
    }
}
