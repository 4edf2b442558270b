//! What does the program do from its start to its end?

use std::{
    ffi::OsString,
    fmt::Display,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use clap::Parser;
use host::{Certs, Folders, Samples, Setup, UserLogins, asked_to_end, compose};

use crate::{
    cli::{Cli, Command, Operation, Serve},
    scripting::{self, Outcome},
    web::{self, Assets, Limits, Ports, Token},
};

/// The longest request that is read from standard input, as over HTTP.
const LONGEST_REQUEST: u64 = web::LONGEST_BODY as u64;

/// Reads the command line, does what it says, and answers with the exit code that `--help` explains.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are "errors" with exit code 0 and standard output.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error),
    };
    let code = runtime.block_on(async {
        match cli.command {
            None => serve(cli.serve).await,
            Some(Command::Operations) => {
                ended(scripting::operations(&mut io::stdout().lock()).map(|()| Outcome::Done))
            }
            Some(Command::Call(operation)) => script(Kind::Call, operation).await,
            Some(Command::Watch(operation)) => script(Kind::Watch, operation).await,
        }
    });
    // A look-up of a name that still runs on a thread of its own must not hold up the end.
    runtime.shutdown_background();
    code
}

enum Kind {
    Call,
    Watch,
}

async fn serve(asked: Serve) -> ExitCode {
    match start(asked).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => complain(&complaint),
    }
}

async fn start(asked: Serve) -> Result<(), String> {
    let text = |error: &dyn Display| error.to_string();
    let variable = std::env::var_os("OCISCOPE_UI").map(PathBuf::from);
    let named = asked.ui.or(variable);
    let inside = if named.is_none() { Assets::embedded() } else { None };
    let assets = match inside {
        Some(assets) => assets,
        None => {
            let program = std::env::current_exe().ok();
            let folder = web::ui_folder(named, program.as_deref()).map_err(|e| text(&e))?;
            Assets::read(&folder).map_err(|e| text(&e))?
        }
    };
    let folders = Folders::of_user();
    let ports = match (asked.port, &folders) {
        (Some(port), _) => Ports::This(port),
        (None, Some(folders)) => Ports::AsLastTime(folders.state.clone()),
        (None, None) => Ports::Any,
    };
    let listener = web::listen(&ports).await.map_err(|error| match asked.port {
        Some(port) => {
            format!("port {port} of 127.0.0.1 cannot be used: {error}; without --port a free one is chosen")
        }
        None => format!("no port of 127.0.0.1 can be used: {error}"),
    })?;
    let port = listener.local_addr().map_err(|e| text(&e))?.port();
    let token = Token::new().map_err(|error| format!("the system gives no random bytes: {error}"))?;
    let setup = Setup {
        samples: Samples::Served,
        added: asked.added.add,
        folders: folders.clone(),
        certs: Arc::new(Certs::of_user()),
        logins: Some(UserLogins::of_user()),
    };
    let composed = compose(setup).await.map_err(|e| text(&e))?;
    let screen = asked.screen.as_deref().unwrap_or("/");
    let url = format!("http://127.0.0.1:{port}{screen}#token={}", token.reveal());
    let router = web::router(composed.service.clone(), assets, token, port);
    let end = asked_to_end();
    // The listener stands: a browser that is quicker than `serve` waits in its queue.
    say(&mut io::stdout(), format_args!("Ociscope is at {url}"));
    let _opened = asked.open.then(|| {
        let folder = folders.map_or_else(std::env::temp_dir, |folders| folders.state);
        web::open_in_browser(&url, &folder)
            .map_err(|error| say(&mut io::stderr(), format_args!("ociscope: no browser was opened: {error}")))
    });
    web::serve(listener, router, Limits::default(), end).await;
    Ok(())
}

async fn script(kind: Kind, operation: Operation) -> ExitCode {
    let request = match request(operation.request) {
        Ok(request) => request,
        Err(error) => return complain(&format!("standard input cannot be read: {error}")),
    };
    let named = scripting::named(&request);
    let samples = if scripting::wants_samples(&named) { Samples::Served } else { Samples::LeftOut };
    let (mut out, mut complaints) = (io::stdout(), io::stderr());
    // Nothing is remembered here: what a script may contact stands in the script.
    let setup = Setup {
        samples,
        added: scripting::added(named, operation.added.add),
        folders: None,
        certs: Arc::new(Certs::of_user()),
        logins: Some(UserLogins::of_user()),
    };
    let composed = match compose(setup).await {
        Ok(composed) => composed,
        Err(error) => return ended(scripting::failed(&error, &mut complaints)),
    };
    let work = async {
        let (service, name) = (&composed.service, operation.name.as_str());
        match kind {
            Kind::Call => scripting::call(service, name, &request, &mut out, &mut complaints).await,
            Kind::Watch => scripting::watch(service, name, &request, &mut out, &mut complaints).await,
        }
    };
    tokio::select! {
        outcome = work => ended(outcome),
        () = asked_to_end() => ExitCode::from(Outcome::Interrupted.exit_code()),
    }
}

fn request(argument: String) -> io::Result<Vec<u8>> {
    if argument != "-" {
        return Ok(argument.into_bytes());
    }
    let mut request = Vec::new();
    // One byte more than is allowed shows that there is more.
    io::stdin().lock().take(LONGEST_REQUEST + 1).read_to_end(&mut request)?;
    if request.len() as u64 > LONGEST_REQUEST {
        return Err(io::Error::other(format!("it is longer than {LONGEST_REQUEST} bytes")));
    }
    Ok(request)
}

fn ended(outcome: io::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::from(Outcome::Unread.exit_code())
        }
        Err(error) => complain(&error),
    }
}

fn complain(error: &dyn Display) -> ExitCode {
    say(&mut io::stderr(), format_args!("ociscope: {error}"));
    ExitCode::FAILURE
}

fn say(to: &mut impl Write, text: std::fmt::Arguments<'_>) {
    // Nobody reads it: then there is nobody to tell.
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}
