//! Texts as people paste them, from manuals, terminals, files and web pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use oci::pasted::{How, Note, Reason, Site, Target, read};
use proptest::prelude::*;

const HEX: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/// What a text points to, in one line.
fn target(text: &str) -> String {
    match read(text) {
        Ok(pasted) => match pasted.target {
            Target::Reference(reference) => reference.to_string(),
            Target::Registry(host) => format!("registry {host}"),
            Target::Blob(host, repository, digest) => format!("blob {host}/{repository}@{digest}"),
            Target::Digest(digest) => format!("digest {digest}"),
        },
        Err(reason) => format!("{reason:?}"),
    }
}

#[track_caller]
fn all(cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        assert_eq!(target(&text.replace("HEX", HEX)), wanted.replace("HEX", HEX), "{text}");
    }
}

#[test]
fn by_themselves() {
    all(&[
        ("debian", "docker.io/library/debian"),
        (" debian:12\n", "docker.io/library/debian:12"),
        ("\"ghcr.io/owner/name:1.2\"", "ghcr.io/owner/name:1.2"),
        ("`quay.io/a/b@sha256:HEX`", "quay.io/a/b@sha256:HEX"),
        ("localhost:5000/a", "localhost:5000/a"),
        ("//desk/a:1", "//desk/a:1"),
        ("oci://ghcr.io/charts/x:1.2.3", "ghcr.io/charts/x:1.2.3"),
        ("docker://registry.example/a", "registry.example/a"),
        ("ghcr.io", "registry ghcr.io"),
        ("ghcr.io/", "registry ghcr.io"),
        ("localhost", "registry localhost"),
        ("[::1]:5000", "registry [::1]:5000"),
        ("registry.example:5000", "registry registry.example:5000"),
        ("sha256:HEX", "digest sha256:HEX"),
        ("@sha256:HEX", "digest sha256:HEX"),
        ("sha256-HEX", "digest sha256:HEX"),
        ("Digest: sha256:HEX", "digest sha256:HEX"),
        ("HEX", "digest sha256:HEX"),
        ("sha512:HEXHEX", "digest sha512:HEXHEX"),
        ("sha512-HEXHEX", "digest sha512:HEXHEX"),
        // Registered by descriptor.md, and only in full no tag of a repository called blake3.
        ("blake3:HEX", "digest blake3:HEX"),
        ("blake3-HEX", "digest blake3:HEX"),
        ("blake3:1.8", "docker.io/library/blake3:1.8"),
        ("debian-12", "docker.io/library/debian-12"),
    ]);
    assert_eq!(read(HEX).unwrap().notes, [Note::Sha256]);
    assert_eq!(read("debian").unwrap().notes, [Note::DockerHub]);
    assert_eq!(read("docker.io/library/debian").unwrap().notes, []);
    assert_eq!(read("index.docker.io/library/debian").unwrap().notes, []);
    assert_eq!(read("debian").unwrap().how, How::Itself);
}

#[test]
fn commands() {
    all(&[
        ("docker pull debian:12", "docker.io/library/debian:12"),
        ("$ docker pull ghcr.io/a/b", "ghcr.io/a/b"),
        ("# docker pull ghcr.io/a/b", "ghcr.io/a/b"),
        ("sudo docker pull -q --platform linux/arm64 ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("docker pull -a ghcr.io/a/b", "ghcr.io/a/b"),
        ("docker pull --platform=linux/arm64 ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("docker run -it --rm -p 80:80 nginx:1.27 nginx -g 'daemon off;'", "docker.io/library/nginx:1.27"),
        ("docker run --rm -p80:80 -v /a:/b:ro -e A=b --name web -d ghcr.io/a/b:1 --flag c", "ghcr.io/a/b:1"),
        ("docker run -dp 127.0.0.1:80:80 --restart unless-stopped nginx", "docker.io/library/nginx"),
        ("docker run --privileged --gpus all -w /x -- ghcr.io/a/b sh -c 'docker pull x'", "ghcr.io/a/b"),
        ("docker run -itv \"$PWD\":/w nginx", "docker.io/library/nginx"),
        ("docker run -h web -u 0:0 --entrypoint sh nginx:1 -c ls", "docker.io/library/nginx:1"),
        ("DOCKER_BUILDKIT=1 docker run nginx", "docker.io/library/nginx"),
        ("/usr/bin/docker image inspect -f '{{.Id}}' nginx", "docker.io/library/nginx"),
        ("docker buildx imagetools inspect --raw ghcr.io/a/b:1 | jq .", "ghcr.io/a/b:1"),
        ("docker manifest inspect --verbose nginx:1", "docker.io/library/nginx:1"),
        ("docker tag nginx:1 ghcr.io/a/b:2", "docker.io/library/nginx:1"),
        ("docker rmi -f nginx", "docker.io/library/nginx"),
        ("docker scout cves nginx", "docker.io/library/nginx"),
        ("docker login ghcr.io -u me", "registry ghcr.io"),
        ("podman run --replace --name x --tls-verify=false quay.io/a/b:1", "quay.io/a/b:1"),
        ("podman pull docker://docker.io/library/nginx", "docker.io/library/nginx"),
        ("nerdctl --namespace k8s.io run -it --rm alpine:3 sh", "docker.io/library/alpine:3"),
        ("ctr -n k8s.io images pull --all-platforms docker.io/library/nginx:1", "docker.io/library/nginx:1"),
        ("crictl pull registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"),
        ("crane manifest ghcr.io/a/b:1 | jq", "ghcr.io/a/b:1"),
        ("crane ls --omit-digest-tags registry", "docker.io/library/registry"),
        ("crane manifest registry", "docker.io/library/registry"),
        ("crane digest --full-ref -v gcr.io/distroless/static", "gcr.io/distroless/static"),
        ("crane export ghcr.io/a/b - | tar t", "ghcr.io/a/b"),
        ("crane catalog localhost:5000", "registry localhost:5000"),
        ("crane copy gcr.io/a/b:1 gcr.io/a/b:2", "gcr.io/a/b:1"),
        ("oras pull -o dir --plain-http localhost:5000/a:1", "localhost:5000/a:1"),
        ("oras manifest fetch --pretty ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("oras discover --format tree --artifact-type application/spdx+json ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("oras repo tags ghcr.io/a/b", "ghcr.io/a/b"),
        ("oras blob fetch -o x ghcr.io/a/b@sha256:HEX", "ghcr.io/a/b@sha256:HEX"),
        ("skopeo inspect --override-os linux docker://ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("skopeo copy --src-tls-verify=false docker://a.example/b:1 dir:x", "a.example/b:1"),
        ("skopeo copy dir:x docker://a.example/b:1", "a.example/b:1"),
        ("regctl manifest get --format raw-body ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("regctl -v debug tag ls ghcr.io/a/b", "ghcr.io/a/b"),
        ("cosign verify --key cosign.pub --certificate-identity=x ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("cosign verify -key cosign.pub ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("cosign download sbom ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("notation ls ghcr.io/a/b@sha256:HEX", "ghcr.io/a/b@sha256:HEX"),
        ("trivy image --severity HIGH ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("grype registry:ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("syft ghcr.io/a/b:1 -o spdx-json", "ghcr.io/a/b:1"),
        ("kubectl run web --image=nginx:1.27 --restart=Never", "docker.io/library/nginx:1.27"),
        ("kubectl create deployment web --image nginx:1.27", "docker.io/library/nginx:1.27"),
        ("kubectl -n prod set image deployment/web web=ghcr.io/a/b:2", "ghcr.io/a/b:2"),
        ("apptainer pull docker://ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("helm pull oci://ghcr.io/charts/x --version 1.2.3+b4", "ghcr.io/charts/x:1.2.3_b4"),
        ("helm install my oci://ghcr.io/charts/x --version=1.2.3 -f values.yaml", "ghcr.io/charts/x:1.2.3"),
        ("helm show chart oci://ghcr.io/charts/x --version '^1.2'", "ghcr.io/charts/x"),
        ("docker run \\\n  --rm \\\n  ghcr.io/a/b:1 \\\n  --help", "ghcr.io/a/b:1"),
    ]);
    assert_eq!(read("sudo docker run -it nginx").unwrap().how, How::Command("docker run".to_owned()));
    let image = read("docker buildx imagetools inspect a/b").unwrap();
    assert_eq!(image.how, How::Command("docker buildx imagetools inspect".to_owned()));
    let chart = read("helm pull oci://ghcr.io/charts/x --version 1.2.3+b4").unwrap();
    assert_eq!((chart.how, chart.notes), (How::Command("helm pull".to_owned()), vec![Note::Underscore]));
}

/// By the help and the manuals of the programs: the same option is a switch of one and has a value of another.
#[test]
fn options_of_each_program() {
    all(&[
        ("skopeo copy --all docker://ghcr.io/a/b:1 oci:b-1", "ghcr.io/a/b:1"),
        ("skopeo copy -a --preserve-digests docker://ghcr.io/a/b:1 oci:b-1", "ghcr.io/a/b:1"),
        ("skopeo copy -f oci docker://ghcr.io/a/b:1 dir:x", "ghcr.io/a/b:1"),
        ("skopeo copy --new-switch docker://ghcr.io/a/b:1 oci:b-1", "ghcr.io/a/b:1"),
        ("skopeo copy --new-switch oci:b-1 docker://ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("skopeo inspect --config docker://registry.example/r:1", "registry.example/r:1"),
        ("skopeo inspect --no-tags docker://registry.example/r:1", "registry.example/r:1"),
        ("skopeo inspect -n docker://registry.example/r:1", "registry.example/r:1"),
        ("helm install --generate-name oci://registry.example/c", "registry.example/c"),
        ("helm install -g oci://registry.example/c --version 1.2.3", "registry.example/c:1.2.3"),
        ("helm pull --verify oci://registry.example/c", "registry.example/c"),
        ("helm upgrade -i --reuse-values web oci://registry.example/c", "registry.example/c"),
        ("docker run --expose 80 nginx", "docker.io/library/nginx"),
        ("docker run --attach stdout nginx", "docker.io/library/nginx"),
        ("docker run -a stdout --read-only nginx", "docker.io/library/nginx"),
        ("docker create --use-api-socket --pull always nginx", "docker.io/library/nginx"),
        ("docker run -v dir:/w --volume oci:/x nginx", "docker.io/library/nginx"),
        ("docker images -a --digests nginx", "docker.io/library/nginx"),
        ("podman run --read-only-tmpfs --rootfs --userns keep-id nginx", "docker.io/library/nginx"),
        ("podman pull --tls-verify ghcr.io/a/b", "ghcr.io/a/b"),
        ("nerdctl pull --all-platforms --unpack false ghcr.io/a/b", "ghcr.io/a/b"),
        ("kubectl run web --attach --expose --image nginx --port 80", "docker.io/library/nginx"),
        ("crane ls -O ghcr.io/a/b", "ghcr.io/a/b"),
        ("crane pull --annotate-ref --format oci ghcr.io/a/b:1 dir", "ghcr.io/a/b:1"),
        ("crane copy -a -j 4 ghcr.io/a/b ghcr.io/a/c", "ghcr.io/a/b"),
        ("oras pull -k --config x ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("oras cp -r --from-plain-http --to-oci-layout localhost:5000/a:1 dir:1", "localhost:5000/a:1"),
        ("regctl artifact get --config ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("regctl image copy --digest-tags ghcr.io/a/b:1 ghcr.io/a/c:1", "ghcr.io/a/b:1"),
        ("cosign sign -y ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("cosign verify --experimental-oci11 --key k.pub ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("trivy image -f json ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("notation ls --insecure-registry localhost:5000/a:1", "localhost:5000/a:1"),
    ]);
}

#[test]
fn lines_of_files() {
    all(&[
        ("FROM debian:12", "docker.io/library/debian:12"),
        ("FROM --platform=$BUILDPLATFORM golang:1.25 AS build", "docker.io/library/golang:1.25"),
        ("from ghcr.io/a/b@sha256:HEX as x", "ghcr.io/a/b@sha256:HEX"),
        ("COPY --from=ghcr.io/a/uv:0.5 /uv /bin/", "ghcr.io/a/uv:0.5"),
        ("image: nginx", "docker.io/library/nginx"),
        ("  - image: \"ghcr.io/a/b:1\" # why", "ghcr.io/a/b:1"),
        ("image: 'quay.io/a/b'", "quay.io/a/b"),
        ("\"image\": \"ghcr.io/a/b:1\",", "ghcr.io/a/b:1"),
        ("image: ghcr.io/a/b:1 # pinned", "ghcr.io/a/b:1"),
        ("uses: docker://ghcr.io/a/b:1", "ghcr.io/a/b:1"),
        ("- {image: ghcr.io/a/b:1}", "ghcr.io/a/b:1"),
        ("image:latest", "docker.io/library/image:latest"),
        ("image: ${REGISTRY:-docker.io}/library/nginx:${TAG-1.27}", "docker.io/library/nginx:1.27"),
        (
            "image:\n  registry: ghcr.io\n  repository: a/b\n  tag: \"1.2\"\n  pullPolicy: Always",
            "ghcr.io/a/b:1.2",
        ),
        ("ARG GO=1.25\nFROM golang:${GO} AS build\nRUN make\nFROM scratch", "docker.io/library/golang:1.25"),
        (
            "# syntax=docker/dockerfile:1\nFROM golang:1.25 AS build\nFROM build AS test\nFROM alpine:3",
            "docker.io/library/golang:1.25",
        ),
        (
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    image: ghcr.io/a/b:1\n",
            "ghcr.io/a/b:1",
        ),
        (
            "Failed to pull image \"ghcr.io/a/b:1\": rpc error: code = NotFound desc = failed to pull",
            "ghcr.io/a/b:1",
        ),
        ("Status: Downloaded newer image for ghcr.io/a/b:1", "ghcr.io/a/b:1"),
    ]);
    assert_eq!(read("FROM debian").unwrap().how, How::Instruction("FROM"));
    assert_eq!(read("- image: debian").unwrap().how, How::Member("image".to_owned()));
    assert_eq!(read("pulling ghcr.io/a/b:1 now").unwrap().how, How::Word);
    let stages =
        read("FROM golang:1.25 AS build\nFROM build AS test\nFROM alpine:3\nCOPY --from=build /a /b");
    assert_eq!(stages.unwrap().notes, [Note::DockerHub, Note::Others(1)], "a stage is no image");
    let default = read("image: ghcr.io/a/b:${TAG:-1}").unwrap();
    assert_eq!(default.notes, [Note::Default { name: "TAG".to_owned(), value: "1".to_owned() }]);
}

#[test]
fn pages_of_web_sites() {
    all(&[
        ("https://hub.docker.com/_/debian", "docker.io/library/debian"),
        ("https://hub.docker.com/_/debian/tags?name=12", "docker.io/library/debian"),
        ("hub.docker.com/r/grafana/grafana/tags", "docker.io/grafana/grafana"),
        ("https://hub.docker.com/r/grafana/grafana#usage", "docker.io/grafana/grafana"),
        // The namespace `docker` is one of Hub's own.
        ("https://hub.docker.com/r/docker/dockerfile/tags", "docker.io/docker/dockerfile"),
        ("https://hub.docker.com/r/docker/dockerfile", "docker.io/docker/dockerfile"),
        ("https://hub.docker.com/repository/docker/docker/dockerfile/tags", "docker.io/docker/dockerfile"),
        ("https://hub.docker.com/repository/docker/me/app/general", "docker.io/me/app"),
        ("https://hub.docker.com/layers/library/postgres/16-alpine/", "docker.io/library/postgres:16-alpine"),
        (
            "https://hub.docker.com/layers/grafana/grafana/11.0/images/sha256-HEX?context=explore",
            "docker.io/grafana/grafana:11.0@sha256:HEX",
        ),
        (
            "https://hub.docker.com/layers/rust/library/rust/1.49.0/images/sha256-HEX?context=explore",
            "docker.io/library/rust:1.49.0@sha256:HEX",
        ),
        ("https://hub.docker.com/v2/repositories/library/debian/tags/12", "docker.io/library/debian:12"),
        ("https://ghcr.io/owner/name:1", "ghcr.io/owner/name:1"),
        ("https://github.com/Owner/code/pkgs/container/Name", "ghcr.io/owner/name"),
        ("https://github.com/o/r/pkgs/container/kin%2Fapp/113?tag=3.0.1", "ghcr.io/o/kin/app:3.0.1"),
        ("https://github.com/orgs/o/packages/container/n/113", "ghcr.io/o/n"),
        ("https://github.com/orgs/o/packages/container/package/n", "ghcr.io/o/n"),
        ("https://github.com/users/me/packages/container/package/n%2Fm", "ghcr.io/me/n/m"),
        ("https://quay.io/repository/coreos/etcd", "quay.io/coreos/etcd"),
        ("https://quay.io/repository/coreos/etcd?tab=tags&tag=v3.5", "quay.io/coreos/etcd:v3.5"),
        // Without a scheme it may be a repository of somebody called so, and with a tag it is one.
        ("quay.io/user/app", "quay.io/user/app"),
        ("https://quay.io/user/app:1", "quay.io/user/app:1"),
        ("quay.io/repository/coreos/etcd?tab=info", "quay.io/coreos/etcd"),
        ("https://quay.io/repository/coreos/etcd/manifest/sha256:HEX", "quay.io/coreos/etcd@sha256:HEX"),
        ("https://quay.io/repository/coreos/etcd/tag/v3.5", "quay.io/coreos/etcd:v3.5"),
        ("docker pull quay.io/repository/biocontainers/zna:1", "quay.io/biocontainers/zna:1"),
        ("https://quay.example/repository/a/b?tab=tags", "quay.example/a/b"),
        ("https://quay.example/repository/a/b", "quay.example/repository/a/b"),
        (
            "https://console.cloud.google.com/artifacts/docker/proj/us-west1/repo/image?project=proj",
            "us-west1-docker.pkg.dev/proj/repo/image",
        ),
        (
            "https://console.cloud.google.com/artifacts/docker/proj/us/repo/a%2Fb/sha256:HEX;tab=manifest",
            "us-docker.pkg.dev/proj/repo/a/b@sha256:HEX",
        ),
        (
            "https://console.cloud.google.com/artifacts/docker/example.com:proj/us/gcr.io/app",
            "gcr.io/example.com/proj/app",
        ),
        (
            "https://console.cloud.google.com/artifacts/docker/proj/us-west1/repo?project=proj",
            "registry us-west1-docker.pkg.dev",
        ),
        (
            "https://console.cloud.google.com/gcr/images/google-samples/global/hello-app?tag=1.0",
            "gcr.io/google-samples/hello-app:1.0",
        ),
        (
            "https://console.cloud.google.com/gcr/images/datadoghq/GLOBAL/agent@sha256:HEX/details",
            "gcr.io/datadoghq/agent@sha256:HEX",
        ),
        (
            "https://console.cloud.google.com/gcr/images/open-targets/EU/mrtarget",
            "eu.gcr.io/open-targets/mrtarget",
        ),
        ("us-west1-docker.pkg.dev/proj/repo/image:1", "us-west1-docker.pkg.dev/proj/repo/image:1"),
        ("https://gallery.ecr.aws/datadog/agent", "public.ecr.aws/datadog/agent"),
        ("https://gallery.ecr.aws/docker/library/debian", "public.ecr.aws/docker/library/debian"),
        (
            "https://eu-west-1.console.aws.amazon.com/ecr/repositories/private/123456789012/team/app/_/image/sha256:HEX/details?region=eu-west-1",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:HEX",
        ),
        (
            "https://mcr.microsoft.com/en-us/artifact/mar/dotnet/runtime/about",
            "mcr.microsoft.com/dotnet/runtime",
        ),
        ("https://mcr.microsoft.com/en-us/product/dotnet/runtime/tags", "mcr.microsoft.com/dotnet/runtime"),
        (
            "https://oci.dag.dev/?blob=cgr.dev/chainguard/static@sha256:HEX&mt=application%2Fjson&size=7",
            "blob cgr.dev/chainguard/static@sha256:HEX",
        ),
        (
            "https://oci.dag.dev/?image=cgr.dev%2Fchainguard%2Fstatic:latest",
            "cgr.dev/chainguard/static:latest",
        ),
        ("<https://gallery.ecr.aws/datadog/agent>", "public.ecr.aws/datadog/agent"),
        ("See https://hub.docker.com/_/debian for more.", "docker.io/library/debian"),
    ]);
    let page = read("https://github.com/orgs/o/packages/container/n/113").unwrap();
    assert_eq!((page.how, page.notes), (How::Page(Site::GitHub), vec![Note::SomeVersion]));
    let place = read("https://console.cloud.google.com/artifacts/docker/p/us/r").unwrap();
    assert_eq!((place.how, place.notes), (How::Page(Site::Google), vec![Note::NoImage]));
}

#[test]
fn addresses_of_the_protocol() {
    all(&[
        ("https://ghcr.io/v2/", "registry ghcr.io"),
        ("http://localhost:5000/v2/_catalog?n=10", "registry localhost:5000"),
        ("https://registry-1.docker.io/v2/library/debian/manifests/12", "docker.io/library/debian:12"),
        ("https://ghcr.io/v2/a/b/manifests/sha256:HEX", "ghcr.io/a/b@sha256:HEX"),
        ("https://ghcr.io/v2/a/b/blobs/sha256:HEX", "blob ghcr.io/a/b@sha256:HEX"),
        ("https://ghcr.io/v2/a/b/blobs/sha256:HEX?ns=docker.io", "blob ghcr.io/a/b@sha256:HEX"),
        // As a log or a browser shows it.
        ("ghcr.io/v2/a/b/blobs/sha256:HEX", "blob ghcr.io/a/b@sha256:HEX"),
        ("localhost:5000/v2/a/blobs/sha512:HEXHEX", "blob localhost:5000/a@sha512:HEXHEX"),
        ("ghcr.io/v2/a/b/manifests/sha256:HEX", "ghcr.io/a/b@sha256:HEX"),
        ("curl -sL https://ghcr.io/v2/a/b/blobs/sha256:HEX", "blob ghcr.io/a/b@sha256:HEX"),
        // These are names of repositories like any other.
        ("ghcr.io/v2/a/b/manifests/1.0", "ghcr.io/v2/a/b/manifests/1.0"),
        ("ghcr.io/v2/blobs:HEX", "ghcr.io/v2/blobs:HEX"),
        ("https://ghcr.io/v2/a/b/referrers/sha256:HEX?artifactType=x", "ghcr.io/a/b@sha256:HEX"),
        ("https://ghcr.io/v2/a/b/tags/list?n=5", "ghcr.io/a/b"),
        ("http://desk:5000/v2/a/manifests/1", "desk:5000/a:1"),
        ("https://me:secret@registry.example/a/b", "registry.example/a/b"),
        ("http://desk/a:1", "//desk/a:1"),
    ]);
    assert_eq!(read("https://ghcr.io/v2/a/b/tags/list").unwrap().how, How::Protocol);
    assert_eq!(read("https://ghcr.io/a/b").unwrap().how, How::Address);
}

#[test]
fn what_cannot_be_read_says_why() {
    let reason = |text: &str| read(text).unwrap_err();
    assert_eq!(reason(" \n "), Reason::Empty);
    assert_eq!(reason("ghcr.io/a/b:<tag>"), Reason::Placeholder("<tag>".to_owned()));
    assert_eq!(reason("image: ghcr.io/a/b:$TAG"), Reason::Placeholder("$TAG".to_owned()));
    assert_eq!(reason("docker pull ghcr.io/a/b:${VERSION}"), Reason::Placeholder("${VERSION}".to_owned()));
    assert_eq!(
        reason("image: \"{{ .Values.image }}\""),
        Reason::Placeholder("{{ .Values.image }}".to_owned())
    );
    assert_eq!(reason("FROM scratch"), Reason::Scratch);
    assert_eq!(reason("docker compose up -d"), Reason::Command("docker compose".to_owned()));
    assert_eq!(reason("docker build -t a/b ."), Reason::Command("docker build".to_owned()));
    assert_eq!(reason("docker pull"), Reason::Command("docker pull".to_owned()));
    assert_eq!(reason("docker exec -it web sh"), Reason::Command("docker exec".to_owned()));
    assert_eq!(reason("kubectl get pods"), Reason::Command("kubectl get".to_owned()));
    assert_eq!(reason("helm install x bitnami/nginx"), Reason::Chart("bitnami/nginx".to_owned()));
    assert_eq!(reason("ftp://ghcr.io/a/b"), Reason::Scheme("ftp".to_owned()));
    assert_eq!(reason("what is a container?"), Reason::Words);
    assert_eq!(reason("from here to there"), Reason::Words);
    for page in [
        "https://github.com/owner/code",
        "https://hub.docker.com/u/grafana",
        "https://hub.docker.com/search?q=nginx",
        "https://gallery.ecr.aws/search?searchTerm=chart",
        "https://quay.io/organization/coreos",
        "https://quay.io/organization/coreos?tab=repos",
        "https://quay.io/user/me",
        "https://harbor.example/harbor/projects/3/repositories/app/artifacts-tab",
        "https://ghcr.io/v2/a/uploads/x",
    ] {
        assert_eq!(reason(page), Reason::Page(page.to_owned()));
    }
    for (text, part) in [
        ("Debian", "is no repository name"),
        ("ghcr.io/a/b:-x", "is no tag"),
        ("ghcr.io/a/b@sha256:44", "exactly 64"),
        ("https://ghcr.io/v2/a/b/blobs/sha256:44", "exactly 64"),
        ("https://ghcr.io/v2/a/b/blobs/1.0", "has no colon"),
        ("docker pull ghcr.io/A/b", "is no repository name"),
    ] {
        let Reason::Reference(error) = reason(text) else { panic!("{text}") };
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
}

#[test]
fn much_is_read_up_to_a_bound() {
    let long = format!("{}ghcr.io/a/b:1", "x y\n".repeat(1 << 20));
    assert_eq!(read(&long), Err(Reason::Words));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn nor_do_odd_commands_fail(text in r"(docker |helm |oci://|FROM |https://|hub\.docker\.com|quay\.io/repository/|/_/|image: |-[a-zé]{1,3} |--version |\$\{|\}|\{\{|%2|%zz|;|'|\\|ü|:|@|/v2/|blobs/|\n){0,9}") {
        let _ = read(&text);
    }

    #[test]
    fn what_is_a_reference_is_read_as_it(name in "[a-z]{1,5}(/[a-z0-9]{1,4}){1,2}", tag in "[a-z0-9]{1,5}") {
        let text = format!("ghcr.io/{name}:{tag}");
        prop_assert_eq!(target(&text), text.clone());
        prop_assert_eq!(target(&format!("docker run --rm -it {text} sh")), text);
    }
}
