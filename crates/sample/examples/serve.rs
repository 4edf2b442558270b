//! How does another client see the samples? Serves both until Enter: `cargo run -p sample --example serve`.

use std::io::{self, Write};

#[tokio::main]
async fn main() -> io::Result<()> {
    let samples = [sample::start_modern().await?, sample::start_legacy().await?];
    let mut out = io::stdout();
    for sample in &samples {
        writeln!(out, "{} {}", sample.alias, sample.address)?;
    }
    out.flush()?;
    tokio::task::spawn_blocking(|| io::stdin().read_line(&mut String::new()))
        .await
        .map_err(io::Error::other)??;
    Ok(())
}
