//! What was saved is handed out once, as a download and as nothing else.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use host::Saved;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};

use crate::raw::{Running, start};

const TICKET: &str = "0123456789abcdef0123456789abcdef";

fn save(host: &Running, bytes: &[u8]) -> PathBuf {
    let path = host.ui.path().join("sha256-00");
    fs::File::create(&path).unwrap().write_all(bytes).unwrap();
    host.stub.keep_saved(TICKET, Saved { path: path.clone(), size: bytes.len() as u64 });
    path
}

/// The file goes away a moment after the last byte is out.
async fn gone(path: &Path) {
    for _ in 0..600 {
        if !path.exists() {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("{} is still there", path.display());
}

#[tokio::test]
async fn a_ticket_is_good_for_one_download_of_exactly_the_file() {
    let host = start().await;
    // More than one piece, and no multiple of it.
    let bytes: Vec<u8> = (0..200_001_u32).map(|nth| (nth % 251) as u8).collect();
    let path = save(&host, &bytes);
    let answer = host.get(&format!("/saved/{TICKET}?name=chart-0.3.1.tgz")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body == bytes, "{} bytes came", answer.body.len());
    assert_eq!(answer.header("content-length"), Some("200001"));
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let disposition = "attachment; filename=\"chart-0.3.1.tgz\"; filename*=utf-8''chart-0.3.1.tgz";
    assert_eq!(answer.header("content-disposition"), Some(disposition));
    gone(&path).await;
    let again = host.get(&format!("/saved/{TICKET}?name=chart-0.3.1.tgz")).await;
    assert_eq!(again.status, 404);
    assert!(again.text().contains("Save it again"), "{}", again.text());
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let host = start().await;
    let path = save(&host, b"");
    let answer = host.get(&format!("/saved/{TICKET}")).await;
    assert_eq!((answer.status, answer.header("content-length")), (200, Some("0")));
    assert!(answer.header("content-disposition").unwrap().contains("filename=\"saved\""));
    gone(&path).await;
}

#[tokio::test]
async fn a_name_cannot_add_a_header_or_lead_out_of_the_folder() {
    let host = start().await;
    save(&host, b"x");
    let answer =
        host.get(&format!("/saved/{TICKET}?name=..%2F..%2Fa%0D%0AX-Evil:%201%22%E2%80%AEgpj.exe")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-evil"), None);
    let disposition = answer.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; filename=\"-..-a--x-evil- 1-gpj.exe\";"), "{disposition}");
}

#[tokio::test]
async fn unknown_tickets_say_what_to_do_and_use_up_nothing() {
    let host = start().await;
    let path = save(&host, b"x");
    for wrong in ["0", "0123456789abcdef0123456789abcdee", "..%2F..%2Fetc%2Fpasswd", "%00"] {
        let answer = host.get(&format!("/saved/{wrong}?name=a")).await;
        assert_eq!(answer.status, 404, "{wrong}");
        assert!(answer.text().contains("Save it again"), "{wrong}");
    }
    let head = format!("HEAD /saved/{TICKET} HTTP/1.1");
    let name = format!("Host: 127.0.0.1:{}", host.port());
    assert_eq!(host.send(&[&head, &name], b"").await.status, 405);
    assert_eq!(host.send(&[&head.replace("HEAD", "POST"), &name], b"").await.status, 405);
    assert!(path.exists());
    assert_eq!(host.get(&format!("/saved/{TICKET}")).await.body, b"x");
}

/// A link on a foreign page may open the app, and nothing more.
#[tokio::test]
async fn a_foreign_page_starts_no_download() {
    let host = start().await;
    save(&host, b"x");
    let get = format!("GET /saved/{TICKET} HTTP/1.1");
    let own = format!("Host: 127.0.0.1:{}", host.port());
    let link = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    let foreign: Vec<&str> = [get.as_str(), &own].into_iter().chain(link).collect();
    assert_eq!(host.send(&foreign, b"").await.status, 403);
    assert_eq!(host.send(&[&get, "Host: evil.example"], b"").await.status, 403);
    let ours = [get.as_str(), &own, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate"];
    assert_eq!(host.send(&ours, b"").await.status, 200);
}

#[tokio::test]
async fn a_download_that_breaks_off_can_be_tried_again() {
    let host = start().await;
    // Far more than the buffers of a loopback connection.
    let bytes = vec![7; 64 << 20];
    let path = save(&host, &bytes);
    let mut stream = TcpStream::connect(host.address).await.unwrap();
    let request = format!("GET /saved/{TICKET} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", host.port());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut some = [0; 1000];
    stream.read_exact(&mut some).await.unwrap();
    drop(stream);
    let mut again = host.get(&format!("/saved/{TICKET}")).await;
    for _ in 0..600 {
        if again.status != 404 {
            break;
        }
        // The host notices the end of the first one at its next write.
        sleep(Duration::from_millis(20)).await;
        again = host.get(&format!("/saved/{TICKET}")).await;
    }
    assert_eq!(again.status, 200);
    assert!(again.body == bytes, "{} bytes came", again.body.len());
    gone(&path).await;
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_so() {
    let host = start().await;
    fs::remove_file(save(&host, b"x")).unwrap();
    let answer = host.get(&format!("/saved/{TICKET}")).await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("Save it again"), "{}", answer.text());
}
