//! Is a connection that is not trusted told apart, and never given up for plain http?

use std::sync::Arc;

use registry::{Endpoint, ErrorKind, Stage};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::client;

/// A certificate that nobody has signed but itself, and its key: `openssl req -x509 -newkey ec`.
const UNTRUSTED: &[u8] = include_bytes!("untrusted.pem");

#[tokio::test]
async fn a_certificate_of_nobody_is_a_tls_error_and_no_reason_for_plain_http() {
    let certificate = CertificateDer::from_pem_slice(UNTRUSTED).unwrap();
    let key = PrivateKeyDer::from_pem_slice(UNTRUSTED).unwrap();
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (count, connections) = watch::channel(0);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.send_modify(|count| *count += 1);
            let _ = acceptor.accept(stream).await;
        }
    });
    let at = Endpoint::auto(address.to_string().parse().unwrap());
    let error = client().0.ping(&at).await.unwrap_err();
    assert_eq!((error.kind, error.stage), (ErrorKind::Tls, Some(Stage::Connect)), "{}", error.message);
    assert!(
        error.message.starts_with(&format!("The connection to {address} is not trusted: ")),
        "{}",
        error.message
    );
    assert_eq!(error.exchanges.len(), 1);
    assert_eq!(*connections.borrow(), 1, "not tried again, and not over plain http");
}
