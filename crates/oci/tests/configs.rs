//! An image's configuration: config.md's own example, Docker's fields, and what real tools get wrong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use oci::{Fit, ImageConfig, Severity};
use proptest::prelude::*;

/// The example of config.md, in its own words.
const OF_THE_SPECIFICATION: &str = r#"{
    "created": "2015-10-31T22:22:56.015925234Z",
    "author": "Alyssa P. Hacker <alyspdev@example.com>",
    "architecture": "amd64",
    "os": "linux",
    "config": {
        "User": "alice",
        "ExposedPorts": { "8080/tcp": {} },
        "Env": [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "FOO=oci_is_a",
            "BAR=well_written_spec"
        ],
        "Entrypoint": [ "/bin/my-app-binary" ],
        "Cmd": [ "--foreground", "--config", "/etc/my-app.d/default.cfg" ],
        "Volumes": { "/var/job-result-data": {}, "/var/log/my-app-logs": {} },
        "WorkingDir": "/home/alice",
        "Labels": {
            "com.example.project.git.url": "https://example.com/project.git",
            "com.example.project.git.commit": "45a939b2999782a3f005621a8d0f29aa387e1d6b"
        }
    },
    "rootfs": {
      "diff_ids": [
        "sha256:c6f988f4874bb0add23a778f753c65efe992244e148a1d2ec2a8b664fb66bbd1",
        "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
      ],
      "type": "layers"
    },
    "history": [
      { "created": "2015-10-31T22:22:54.690851953Z",
        "created_by": "/bin/sh -c #(nop) ADD file:a3bc1e842b69636f9df5256c49c5374fb4eef1e281fe3f282c65fb853ee171c5 in /" },
      { "created": "2015-10-31T22:22:55.613815829Z",
        "created_by": "/bin/sh -c #(nop) CMD [\"sh\"]",
        "empty_layer": true },
      { "created": "2015-10-31T22:22:56.329850019Z",
        "created_by": "/bin/sh -c apk add curl" }
    ]
}"#;

fn read(text: &str) -> ImageConfig {
    ImageConfig::read(text.as_bytes())
}

/// Rule, severity and pointer of each finding.
fn found(config: &ImageConfig) -> Vec<String> {
    let severity = |severity| match severity {
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Info => "I",
    };
    let known: std::collections::HashMap<_, _> = oci::rules().collect();
    for finding in &config.findings {
        assert!(known[finding.id.as_str()].contains(&finding.severity), "{finding:?}");
    }
    let findings = config.findings.iter();
    findings.map(|it| format!("{} {} {}", it.id, severity(it.severity), it.pointer)).collect()
}

#[test]
fn the_example_of_the_specification_is_read_whole() {
    let config = read(OF_THE_SPECIFICATION);
    assert_eq!(config.findings, []);
    assert_eq!(config.created.as_deref(), Some("2015-10-31T22:22:56.015925234Z"));
    assert_eq!(config.author.as_deref(), Some("Alyssa P. Hacker <alyspdev@example.com>"));
    assert_eq!(config.platform().unwrap().to_string(), "linux/amd64");
    let run = &config.run;
    assert_eq!(run.user.as_deref(), Some("alice"));
    assert_eq!(run.exposed_ports, ["8080/tcp"]);
    let env: Vec<_> = run.env.iter().map(|it| (it.name(), it.value(), it.pointer.as_str())).collect();
    let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    let wanted = [
        ("PATH", path, "/config/Env/0"),
        ("FOO", "oci_is_a", "/config/Env/1"),
        ("BAR", "well_written_spec", "/config/Env/2"),
    ];
    assert_eq!(env, wanted);
    assert_eq!(run.entrypoint.as_deref().unwrap(), ["/bin/my-app-binary"]);
    assert_eq!(run.cmd.as_deref().unwrap(), ["--foreground", "--config", "/etc/my-app.d/default.cfg"]);
    assert_eq!(run.volumes, ["/var/job-result-data", "/var/log/my-app-logs"]);
    assert_eq!(run.working_dir.as_deref(), Some("/home/alice"));
    assert_eq!(run.labels["com.example.project.git.url"], "https://example.com/project.git");
    assert_eq!(config.rootfs_type.as_deref(), Some("layers"));
    assert_eq!(config.diff_ids[1].pointer, "/rootfs/diff_ids/1");
    assert!(config.diff_ids[1].digest.is_some());

    let layers = config.layers(2);
    assert_eq!((layers.history, layers.diff_ids), (Fit::Exact, Fit::Exact));
    let (step, diff_id) = layers.of[1];
    assert_eq!(step.unwrap().created_by.as_deref(), Some("/bin/sh -c apk add curl"));
    assert_eq!(step.unwrap().pointer, "/history/2");
    assert!(diff_id.unwrap().text.starts_with("sha256:5f70"));
}

#[test]
fn the_fields_that_docker_adds() {
    // Fields and units of the Docker Image Specification v1.3.
    let config = read(
        r#"{"os":"windows","architecture":"amd64","os.version":"10.0.20348.2227","os.features":["win32k"],
        "variant":"","config":{"Healthcheck":{"Test":["CMD-SHELL","curl -f http://localhost/ || exit 1"],
        "Interval":30000000000,"Timeout":10000000000,"StartPeriod":1,"StartInterval":2,"Retries":3},
        "Shell":["powershell","-Command"],"StopSignal":"SIGTERM","OnBuild":["RUN x"],"ArgsEscaped":true,
        "Entrypoint":null,"Cmd":[],"Volumes":null,"Labels":null,"User":"","OnBuild":["RUN x"]},
        "container_config":{"Hostname":"x"},"docker_version":"20.10.7"}"#,
    );
    assert_eq!(found(&config), ["JS003 E /config/OnBuild"]);
    assert_eq!(config.platform().unwrap().to_string(), "windows/amd64 10.0.20348.2227");
    assert_eq!(config.os_features, ["win32k"]);
    let run = &config.run;
    let check = run.healthcheck.as_ref().unwrap();
    assert_eq!(check.test, ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]);
    let times = (check.interval, check.timeout, check.start_period, check.start_interval, check.retries);
    assert_eq!(times, (Some(30_000_000_000), Some(10_000_000_000), Some(1), Some(2), Some(3)));
    assert_eq!(run.shell.as_deref().unwrap(), ["powershell", "-Command"]);
    assert_eq!(run.stop_signal.as_deref(), Some("SIGTERM"));
    assert_eq!(run.on_build, ["RUN x"]);
    assert!(run.args_escaped);
    assert_eq!((&run.entrypoint, run.cmd.as_deref()), (&None, Some(&[] as &[String])));
}

#[test]
fn what_is_of_another_type_is_left_out_and_said() {
    let config = read(
        r#"{"created":7,"os":["linux"],"config":{"User":0,"Env":["A=1",2,"B"],"Entrypoint":"top -b",
        "Cmd":{"0":"x"},"ExposedPorts":["80"],"Labels":{"a":"x","n":1,"b":"y"},"ArgsEscaped":"yes",
        "Healthcheck":{"Interval":"30s","Retries":-1}},"rootfs":{"type":"layers","diff_ids":["sha256:x",null]},
        "history":[{"created_by":"one"},"two",{"created_by":3,"empty_layer":1}]}"#,
    );
    let wanted = [
        "CF009 E /config/ArgsEscaped",
        "CF009 E /config/Cmd",
        "CF009 E /config/Entrypoint",
        "CF009 E /config/Env/1",
        "CF009 E /config/ExposedPorts",
        "CF009 E /config/Healthcheck/Interval",
        "CF009 E /config/Healthcheck/Retries",
        "CF009 E /config/User",
        "CF009 E /created",
        "CF009 E /history/1",
        "CF009 E /history/2/created_by",
        "CF009 E /history/2/empty_layer",
        "CF009 E /os",
        "CF009 E /rootfs/diff_ids/1",
        "CF018 W /config/Labels/n",
    ];
    let mut findings = found(&config);
    findings.sort();
    assert_eq!(findings, wanted);
    // The rest is there, and what stands behind a bad entry keeps its own place.
    let env: Vec<_> = config.run.env.iter().map(|it| (it.text.as_str(), it.pointer.as_str())).collect();
    assert_eq!(env, [("A=1", "/config/Env/0"), ("B", "/config/Env/2")]);
    assert_eq!((config.run.env[1].name(), config.run.env[1].value()), ("B", ""));
    assert_eq!(config.run.entrypoint.as_deref().unwrap(), ["top -b"]);
    assert_eq!(config.run.labels.len(), 2);
    assert_eq!((config.diff_ids[0].text.as_str(), &config.diff_ids[0].digest), ("sha256:x", &None));
    assert_eq!(config.history.len(), 3, "a bad step still takes its place");
    assert_eq!(config.platform(), None);
}

#[test]
fn what_is_no_configuration_is_said() {
    for (text, wanted) in [("", "JS001 E "), ("<html>", "JS001 E "), ("[]", "JS002 E "), ("{}", "")] {
        let config = read(text);
        let wanted: Vec<_> = Some(wanted.to_owned()).into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(found(&config), wanted, "{text}");
        assert_eq!(ImageConfig { findings: Vec::new(), ..config }, ImageConfig::default(), "{text}");
    }
}

#[test]
fn history_that_does_not_fit_is_assigned_to_no_layer() {
    let with = |history: &str| read(&format!(r#"{{"history":[{history}]}}"#));
    let step = r#"{"created_by":"RUN x"}"#;
    let empty = r#"{"created_by":"CMD y","empty_layer":true}"#;
    let cases = [
        (String::new(), 0, Fit::Exact),
        (String::new(), 2, Fit::Missing),
        (empty.to_owned(), 0, Fit::Exact),
        (empty.to_owned(), 1, Fit::Fewer(0)),
        (step.to_owned(), 2, Fit::Fewer(1)),
        (format!("{step},{empty},{step}"), 1, Fit::More(2)),
        (format!("{step},{empty},{step}"), 2, Fit::Exact),
        (format!("{step},{step}"), 0, Fit::More(2)),
    ];
    for (history, count, fit) in cases {
        let config = with(&history);
        let layers = config.layers(count);
        assert_eq!(layers.history, fit, "{history} for {count}");
        assert_eq!(layers.of.len(), count);
        let assigned = layers.of.iter().filter(|(step, _)| step.is_some()).count();
        assert_eq!(assigned, if fit == Fit::Exact { count } else { 0 }, "{history} for {count}");
    }
    // The official conformance suite gives one DiffID too few in some images; then none is shown at a layer.
    let config = read(r#"{"rootfs":{"diff_ids":["sha256:a"]}}"#);
    assert_eq!(config.layers(2).diff_ids, Fit::Fewer(1));
    assert!(config.layers(2).of.iter().all(|(_, diff_id)| diff_id.is_none()));
}

#[test]
fn lists_are_bounded_and_an_unread_end_assigns_nothing() {
    let steps = vec![r#"{"created_by":"x"}"#; 20_001].join(",");
    let config = read(&format!(r#"{{"history":[{steps}]}}"#));
    assert_eq!((config.history.len(), config.steps), (20_000, 20_001));
    assert_eq!(found(&config), ["JS005 W /history"]);
    assert_eq!(config.layers(20_000).history, Fit::More(20_001));
    assert!(config.layers(20_000).of.iter().all(|(step, _)| step.is_none()));
}

#[test]
fn a_huge_configuration_is_not_read() {
    let huge = format!(r#"{{"os":"linux","x":"{}"}}"#, "a".repeat(ImageConfig::LARGEST));
    let config = read(&huge);
    assert_eq!(found(&config), ["CF017 W "]);
    assert_eq!(config.os, None);
    // containers/image stops at 4 MiB; it is still read here.
    let large = format!(r#"{{"os":"linux","x":"{}"}}"#, "a".repeat(4 << 20));
    let config = read(&large);
    assert_eq!((found(&config), config.os.as_deref()), (vec!["CF017 W ".to_owned()], Some("linux")));
}

proptest! {
    #[test]
    fn reading_never_fails(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let config = ImageConfig::read(&bytes);
        prop_assert!(config.history.len() <= config.steps);
    }

    #[test]
    fn nor_for_odd_json(text in r#"\{("(config|history|rootfs|os)":(\{"(Env|Labels|diff_ids|Cmd)":(\[("a=b",?|7,)?1?\]|null|"x"|\{\})\}|\[(\{"empty_layer":(true|1)\})?\]|null|3),?){0,2}\}?"#) {
        let config = ImageConfig::read(text.as_bytes());
        prop_assert_eq!(config.layers(3).of.len(), 3);
    }
}
