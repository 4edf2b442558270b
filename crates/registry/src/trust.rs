//! What does a connection to one registry rest on, beyond what the system trusts?

use std::fmt;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::Secret;

/// Further authorities for one registry, and who this machine is to it. It counts for the registry's own origins: not
/// for its token server elsewhere, not where it redirects to.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Trust {
    authorities: Vec<Vec<u8>>,
    identity: Option<Secret>,
}

/// Why a file is none that trust can rest on: the end of a sentence that begins with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// An authority.
    #[error("has no certificate in PEM form")]
    NoCertificate,
    /// A client certificate with its key.
    #[error("has no client certificate and key in PEM form that fit each other")]
    NoIdentity,
}

impl Trust {
    /// The system's alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing beyond the system's.
    pub fn is_empty(&self) -> bool {
        self.authorities.is_empty() && self.identity.is_none()
    }

    /// Trusts authorities, too: one or more certificates in PEM form.
    ///
    /// # Errors
    /// [`TrustError::NoCertificate`].
    pub fn authority(&mut self, pem: &[u8]) -> Result<(), TrustError> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| TrustError::NoCertificate)?;
            roots.add(certificate).map_err(|_| TrustError::NoCertificate)?;
        }
        if roots.is_empty() {
            return Err(TrustError::NoCertificate);
        }
        self.authorities.push(pem.to_vec());
        Ok(())
    }

    /// Shows a client certificate where one is wanted: certificates, the client's own first, and its key, in PEM form.
    /// One that was given before is replaced.
    ///
    /// # Errors
    /// [`TrustError::NoIdentity`].
    pub fn identity(&mut self, certificates: &[u8], key: &[u8]) -> Result<(), TrustError> {
        let (Ok(certificates), Ok(key)) = (str::from_utf8(certificates), str::from_utf8(key)) else {
            return Err(TrustError::NoIdentity);
        };
        let both = format!("{certificates}\n{key}");
        let identity = reqwest::Identity::from_pem(both.as_bytes()).map_err(|_| TrustError::NoIdentity)?;
        // Whether they fit each other is told when a client is made of them.
        reqwest::Client::builder()
            .no_proxy()
            .identity(identity)
            .build()
            .map_err(|_| TrustError::NoIdentity)?;
        self.identity = Some(Secret::new(both));
        Ok(())
    }

    pub(crate) fn apply(
        &self,
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, reqwest::Error> {
        let mut authorities = Vec::new();
        for pem in &self.authorities {
            authorities.extend(reqwest::Certificate::from_pem_bundle(pem)?);
        }
        let builder = builder.tls_certs_merge(authorities);
        Ok(match &self.identity {
            Some(identity) => builder.identity(reqwest::Identity::from_pem(identity.expose().as_bytes())?),
            None => builder,
        })
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("authorities", &self.authorities.len())
            .field("identity", &self.identity)
            .finish()
    }
}
