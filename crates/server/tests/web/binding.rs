//! E05: on loopback only, and on the port of the last time.

use std::{fs, io::ErrorKind};

use server::web::{Ports, listen};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

use crate::raw::start;

#[tokio::test]
async fn it_listens_on_127_0_0_1_and_nowhere_else() {
    let host = start().await;
    assert!(host.address.ip().is_loopback());
    let port = host.port();
    let mut others = vec![format!("127.0.0.2:{port}"), format!("[::1]:{port}")];
    // This machine's address on the net, where it has one: no packet is sent to find it.
    let probe = UdpSocket::bind("0.0.0.0:0").await.unwrap();
    if probe.connect("192.0.2.1:9").await.is_ok() {
        others.push(format!("{}:{port}", probe.local_addr().unwrap().ip()));
    }
    for other in others {
        let error = TcpStream::connect(&other).await.expect_err(&other);
        let refused =
            [ErrorKind::ConnectionRefused, ErrorKind::AddrNotAvailable, ErrorKind::NetworkUnreachable];
        assert!(refused.contains(&error.kind()), "{other}: {error}");
    }
}

#[tokio::test]
async fn the_port_of_the_last_time_is_taken_again_where_it_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("not/yet/there");
    let ports = Ports::AsLastTime(state.clone());
    let first = listen(&ports).await.unwrap();
    let port = first.local_addr().unwrap().port();
    assert_eq!(fs::read_to_string(state.join("web-port")).unwrap(), format!("{port}\n"));

    let meanwhile = listen(&ports).await.unwrap();
    assert_ne!(meanwhile.local_addr().unwrap().port(), port, "it is taken");
    drop((first, meanwhile));

    fs::write(state.join("web-port"), port.to_string()).unwrap();
    let again = listen(&ports).await.unwrap();
    assert_eq!(again.local_addr().unwrap().port(), port);

    fs::write(state.join("web-port"), "nonsense").unwrap();
    assert!(listen(&ports).await.is_ok());
}

#[tokio::test]
async fn an_asked_port_is_that_port_or_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    assert_eq!(listen(&Ports::This(port)).await.unwrap_err().kind(), ErrorKind::AddrInUse);
}
