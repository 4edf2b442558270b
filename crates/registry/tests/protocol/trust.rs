//! Is a connection that is not trusted told apart, each kind by its own sentence, and never given up for plain http?
//! Does what one registry's connections rest on stay with that registry?

use std::sync::Arc;

use registry::{Endpoint, Error, ErrorKind, Ping, Stage, Trust, TrustError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::support::{client, repository, tag};

/// A certificate that nobody has signed but itself, and its key: `openssl req -x509 -newkey ec`.
const UNTRUSTED: &[u8] = include_bytes!("untrusted.pem");
/// An authority, and what it signed: see `certs/make.sh`.
const AUTHORITY: &[u8] = include_bytes!("certs/authority.crt");
const GOOD: &[u8] = include_bytes!("certs/good.pem");
const EXPIRED: &[u8] = include_bytes!("certs/expired.pem");
const LATER: &[u8] = include_bytes!("certs/later.pem");
const NAMED: &[u8] = include_bytes!("certs/named.pem");
const CLIENT: &[u8] = include_bytes!("certs/client.pem");
/// What another authority signed.
const STRANGER: &[u8] = include_bytes!("certs/stranger.pem");

/// A registry behind TLS, on `https://127.0.0.1:PORT`.
struct Tls {
    address: String,
    connections: watch::Receiver<usize>,
}

/// Which clients it lets in.
#[derive(Clone, Copy, PartialEq)]
enum Lets {
    Everybody,
    ThoseOfTheAuthority,
}

impl Tls {
    async fn start(pem: &[u8], lets: Lets) -> Self {
        Self::answering(pem, lets, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_owned()).await
    }

    async fn answering(pem: &[u8], lets: Lets, answer: String) -> Self {
        let certificate = CertificateDer::from_pem_slice(pem).unwrap();
        let key = PrivateKeyDer::from_pem_slice(pem).unwrap();
        let builder = ServerConfig::builder();
        let builder = if lets == Lets::ThoseOfTheAuthority {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
            builder.with_client_cert_verifier(WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(vec![certificate], key).unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (count, connections) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.send_modify(|count| *count += 1);
                let (acceptor, answer) = (acceptor.clone(), answer.clone());
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut read = Vec::new();
                    while stream.read_buf(&mut read).await.is_ok_and(|length| length > 0) {
                        if read.ends_with(b"\r\n\r\n") {
                            read.clear();
                            let _ = stream.write_all(answer.as_bytes()).await;
                        }
                    }
                });
            }
        });
        Self { address, connections }
    }

    fn at(&self) -> Endpoint {
        Endpoint::auto(self.address.parse().unwrap())
    }

    fn connections(&self) -> usize {
        *self.connections.borrow()
    }
}

/// The authority's trust, and a client certificate.
fn trust(identity: Option<&[u8]>) -> Option<Arc<Trust>> {
    let mut trust = Trust::new();
    trust.authority(AUTHORITY).unwrap();
    if let Some(pem) = identity {
        trust.identity(pem, pem).unwrap();
    }
    Some(Arc::new(trust))
}

async fn ping(at: &Endpoint) -> Result<Ping, Error> {
    client().0.ping(at).await
}

/// Says of a host that it is not trusted, and ends so.
fn says(error: &Error, address: &str, why: &str) {
    assert_eq!((error.kind, error.stage), (ErrorKind::Tls, Some(Stage::Connect)), "{}", error.message);
    assert_eq!(error.message, format!("The connection to {address} is not trusted: {why}."));
}

#[tokio::test]
async fn a_certificate_of_nobody_is_a_tls_error_and_no_reason_for_plain_http() {
    let server = Tls::start(UNTRUSTED, Lets::Everybody).await;
    let error = ping(&server.at()).await.unwrap_err();
    says(
        &error,
        &server.address,
        "its certificate is an authority's own, which stands for no server: a certificate without CA:TRUE is wanted",
    );
    assert_eq!(error.exchanges.len(), 1);
    assert_eq!(server.connections(), 1, "not tried again, and not over plain http");
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_where_it_was_given() {
    let server = Tls::start(GOOD, Lets::Everybody).await;
    let error = ping(&server.at()).await.unwrap_err();
    says(
        &error,
        &server.address,
        "its certificate is signed by an authority that this machine does not know",
    );
    let found = ping(&server.at().trusting(trust(None))).await.unwrap();
    assert_eq!(found.origin.as_str(), format!("https://{}/", server.address));
}

#[tokio::test]
async fn a_certificate_out_of_its_time_names_both_times() {
    let server = Tls::start(EXPIRED, Lets::Everybody).await;
    let error = ping(&server.at().trusting(trust(None))).await.unwrap_err();
    let said = &error.message;
    assert!(
        said.contains(
            "its certificate expired on Fri, 01 Jan 2021 00:00:00 GMT, and this machine says it is "
        ),
        "{said}"
    );
    assert!(said.ends_with(" GMT."), "{said}");
    let server = Tls::start(LATER, Lets::Everybody).await;
    let error = ping(&server.at().trusting(trust(None))).await.unwrap_err();
    let said = &error.message;
    assert!(said.contains("its certificate begins on Fri, 01 Jan 2100 00:00:00 GMT, and"), "{said}");
    assert!(said.ends_with("one of the two clocks is wrong."), "{said}");
}

#[tokio::test]
async fn a_certificate_for_other_names_names_them() {
    let server = Tls::start(NAMED, Lets::Everybody).await;
    let error = ping(&server.at().trusting(trust(None))).await.unwrap_err();
    says(
        &error,
        &server.address,
        "its certificate is for registry.example, mirror.example, not for this name",
    );
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_wanted() {
    let server = Tls::start(GOOD, Lets::ThoseOfTheAuthority).await;
    let why = "it wants a client certificate, and got none that it takes";
    for identity in [None, Some(STRANGER)] {
        let error = ping(&server.at().trusting(trust(identity))).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Tls, "{}", error.message);
        assert!(error.message.ends_with(&format!("is not trusted: {why}.")), "{}", error.message);
    }
    ping(&server.at().trusting(trust(Some(CLIENT)))).await.unwrap();
}

/// What servers say before they hang up (RFC 8446, 6.2), byte for byte.
#[tokio::test]
async fn what_a_server_breaks_off_with_is_said() {
    for (alert, why) in [
        (112, "it serves no site of this name"),
        (70, "it offers no version or cipher of TLS that is safe enough to be spoken here"),
        (40, "it offers no version or cipher of TLS that is safe enough to be spoken here"),
        (80, "it broke off with InternalError"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(&[0x15, 3, 3, 0, 2, 2, alert]).await;
            }
        });
        let error = ping(&Endpoint::https(address.parse().unwrap())).await.unwrap_err();
        says(&error, &address, why);
    }
}

/// Neither where a registry redirects to nor a token server of another origin rests on what was given for it.
#[tokio::test]
async fn what_was_given_for_one_registry_counts_for_no_other() {
    let other = Tls::start(GOOD, Lets::Everybody).await;
    for answer in [
        format!(
            "HTTP/1.1 307 Moved\r\nlocation: https://{}/there\r\ncontent-length: 0\r\n\r\n",
            other.address
        ),
        format!(
            "HTTP/1.1 401 No\r\nwww-authenticate: Bearer realm=\"https://{}/token\"\r\ncontent-length: 0\r\n\r\n",
            other.address
        ),
    ] {
        let server = Tls::answering(GOOD, Lets::Everybody, answer).await;
        let at = server.at().trusting(trust(Some(CLIENT)));
        let error = client().0.manifest(&at, &repository(), &tag("1")).await.unwrap_err();
        let said = &error.message;
        assert!(
            said.contains(&format!("{} is not trusted: its certificate is signed by an", other.address)),
            "{said}"
        );
    }
}

#[test]
fn a_file_that_is_no_certificate_is_told_and_a_key_is_not_shown() {
    let mut trust = Trust::new();
    assert_eq!(trust.authority(b""), Err(TrustError::NoCertificate));
    assert_eq!(trust.authority(b"no certificate"), Err(TrustError::NoCertificate));
    let rubbish = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(trust.authority(rubbish), Err(TrustError::NoCertificate), "PEM around no certificate");
    assert_eq!(trust.identity(AUTHORITY, b""), Err(TrustError::NoIdentity));
    assert_eq!(trust.identity(CLIENT, STRANGER), Err(TrustError::NoIdentity), "another key");
    assert!(trust.is_empty());
    trust.identity(CLIENT, CLIENT).unwrap();
    assert!(!trust.is_empty());
    assert_eq!(format!("{trust:?}"), "Trust { authorities: 0, identity: Some(…) }");
}
