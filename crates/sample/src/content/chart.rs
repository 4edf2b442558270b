//! demo/chart: a Helm chart that installs demo/app.

use fake_registry::Store;

use crate::{
    archive::{File, gzip, tar},
    build::{OCI_MANIFEST, Repository, annotations, list},
};

const CONFIG: &str = "application/vnd.cncf.helm.config.v1+json";
const CONTENT: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

const CHART: &str = "\
apiVersion: v2
name: chart
description: Installs demo/app
type: application
version: 0.3.1
appVersion: 1.2.0
";

/// `Chart.yaml` in JSON, as Helm makes the config of it.
const CHART_JSON: &str = "{\"name\":\"chart\",\"version\":\"0.3.1\",\"description\":\"Installs demo/app\",\
                          \"apiVersion\":\"v2\",\"appVersion\":\"1.2.0\",\"type\":\"application\"}";

const VALUES: &str = "\
image:
  repository: modern.sample/demo/app
  tag: 1.2.0
replicas: 1
";

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-app
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: {{ .Release.Name }}-app
  template:
    metadata:
      labels:
        app: {{ .Release.Name }}-app
    spec:
      containers:
        - name: app
          image: {{ .Values.image.repository }}:{{ .Values.image.tag }}
";

pub(super) fn fill(store: &Store) {
    let repository = Repository { store, name: "demo/chart" };
    let files = [
        File::new("chart/Chart.yaml", CHART),
        File::new("chart/values.yaml", VALUES),
        File::new("chart/templates/deployment.yaml", DEPLOYMENT),
        File::new("chart/templates/NOTES.txt", "{{ .Release.Name }} says hello.\n"),
    ];
    let config = repository.blob(CONFIG, CHART_JSON.as_bytes());
    let content = repository.blob(CONTENT, &gzip(&tar(&files)));
    let about = annotations(
        &[
            ("org.opencontainers.image.created", "2026-03-04T08:00:00Z"),
            ("org.opencontainers.image.description", "Installs demo/app"),
            ("org.opencontainers.image.title", "chart"),
            ("org.opencontainers.image.version", "0.3.1"),
        ],
        2,
    );
    let text = format!(
        "{{\n  \"schemaVersion\": 2,\n  \"mediaType\": \"{OCI_MANIFEST}\",\n  \"config\": {},\n  \
         \"layers\": {},\n  \"annotations\": {about}\n}}",
        config.json(2),
        list(&[content], 2),
    );
    repository.manifest(&["0.3.1"], OCI_MANIFEST, &text);
}
