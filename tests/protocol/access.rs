//! Logins on real registries: Basic by htpasswd, Bearer by a real token server.

use std::sync::Arc;

use e2e::{
    peers::{self, Registry},
    push,
};
use futures_util::{StreamExt, future::BoxFuture};
use oci::{Host, RepositoryName, TagOrDigest};
use registry::{Credentials, ErrorKind, Login, LookupError, Secret};

use crate::{
    client, endpoint,
    token_server::{HTPASSWD, TokenServer},
};

const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// One login for every registry; a token server on another port of loopback may have it, as the user agreed.
struct Always(&'static str, &'static str);

impl Credentials for Always {
    fn lookup(
        &self,
        _: &Host,
        _: Option<&RepositoryName>,
    ) -> BoxFuture<'_, Result<Option<Login>, LookupError>> {
        let login = Login::Basic { user: self.0.to_owned(), password: Secret::new(self.1.to_owned()) };
        Box::pin(async { Ok(Some(login)) })
    }

    fn consents(&self, _: &Host, realm: &url::Url) -> bool {
        realm.host_str() == Some("127.0.0.1")
    }
}

#[tokio::test]
async fn basic_wants_a_login_and_takes_the_right_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("htpasswd");
    std::fs::write(&file, HTPASSWD).expect("a temporary folder takes files");
    let auth = format!("auth:\n  htpasswd:\n    realm: test\n    path: {}\n", file.display());
    for registry in [Registry::DockerRegistry, Registry::Distribution] {
        let Some(peer) = peers::start_with(registry, &auth).await else { continue };
        let at = endpoint(&peer.address);
        let repository: RepositoryName = "alice/app".parse().expect("a name");

        let anonymous = client(None).tags(&at, &repository).next().await.expect("an answer");
        let error = anonymous.expect_err("it wants a login");
        assert!(matches!(error.kind, ErrorKind::AuthNeeded), "{}: {error:?}", peer.name);

        let wrong = client(Some(Arc::new(Always("alice", "wrong")))).tags(&at, &repository).next().await;
        let error = wrong.expect("an answer").expect_err("the password is wrong");
        let refused = matches!(error.kind, ErrorKind::AuthNeeded | ErrorKind::Denied);
        assert!(refused, "{}: {error:?}", peer.name);

        // The right login gets as far as "there is no such repository".
        let right = client(Some(Arc::new(Always("alice", "secret")))).tags(&at, &repository).next().await;
        let error = right.expect("an answer").expect_err("nothing was pushed");
        assert!(matches!(error.kind, ErrorKind::RepositoryNotFound), "{}: {error:?}", peer.name);
    }
}

#[tokio::test]
async fn a_token_server_gives_what_the_user_may_and_nothing_else() {
    let Some(tokens) = TokenServer::start().await else { return };
    let Some(peer) = peers::start_with(Registry::DockerRegistry, &tokens.auth).await else { return };
    let at = endpoint(&peer.address);
    let own: RepositoryName = "alice/app".parse().expect("a name");
    let other: RepositoryName = "bob/app".parse().expect("a name");
    let alice = || client(Some(Arc::new(Always("alice", "secret"))));

    let error = client(None).tags(&at, &own).next().await.expect("an answer").expect_err("it wants a login");
    assert!(matches!(error.kind, ErrorKind::AuthNeeded), "{error:?}");
    let error = alice().tags(&at, &own).next().await.expect("an answer").expect_err("nothing was pushed");
    assert!(matches!(error.kind, ErrorKind::RepositoryNotFound), "{error:?}");
    let target = TagOrDigest::Tag("v1".parse().expect("a tag"));
    let error = alice().manifest(&at, &other, &target).await.expect_err("that is bob's");
    assert!(matches!(error.kind, ErrorKind::Denied), "{error:?}");
}

#[tokio::test]
async fn a_public_registry_needs_no_login_and_sends_none() {
    let Some(peer) = peers::start(Registry::Olareg).await else { return };
    push::empty_blob(&peer.address, "alice/app").await;
    push::manifest(&peer.address, "alice/app", "v1", OCI_MANIFEST, &push::odd_manifest()).await;
    let target = TagOrDigest::Tag("v1".parse().expect("a tag"));
    let repository = "alice/app".parse().expect("a name");
    let raw = client(Some(Arc::new(Always("alice", "secret"))))
        .manifest(&endpoint(&peer.address), &repository, &target)
        .await
        .expect("a public manifest");
    // Nothing asked for the login, so nothing was told it.
    let sent = raw.exchanges.iter().flat_map(|exchange| &exchange.request_headers);
    assert!(sent.clone().count() > 0, "the trace has headers");
    assert!(sent.clone().all(|header| header.name != "authorization"), "{:?}", raw.exchanges);
}
