//! How is the desktop host asked? Over the bridge of its window: bytes in, bytes out, names in headers.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use api::{Code, Error};
use futures_util::{StreamExt, stream};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::{
    frames::Frames,
    gone,
    http::words,
    order::Order,
    pipe::{Pipe, pipe},
};

thread_local! {
    static NEXT_ID: Cell<u64> = const { Cell::new(1) };
}

/// Whether this page stands in the desktop's window.
pub(super) fn is_here() -> bool {
    internals().is_some()
}

fn internals() -> Option<JsValue> {
    let internals = Reflect::get(&window(), &"__TAURI_INTERNALS__".into()).ok()?;
    internals.is_object().then_some(internals)
}

/// A function of the bridge, called with these arguments.
fn bridge(name: &str, arguments: &Array) -> Result<JsValue, Error> {
    let internals = internals().ok_or_else(|| gone(name))?;
    let function = Reflect::get(&internals, &name.into()).map_err(|error| gone(&words(&error)))?;
    let function: Function = function.dyn_into().map_err(|_| gone(name))?;
    function.apply(&internals, arguments).map_err(|error| failed(&error))
}

async fn invoke(command: &str, body: &[u8], headers: &[(&str, &str)]) -> Result<Vec<u8>, Error> {
    let set = |object: &Object, key: &str, value: &JsValue| {
        // A plain object takes every key.
        let _ = Reflect::set(object, &key.into(), value);
    };
    let named = Object::new();
    for (name, value) in headers {
        set(&named, name, &(*value).into());
    }
    let options = Object::new();
    set(&options, "headers", &named);
    let arguments = Array::of3(&command.into(), &Uint8Array::from(body), &options);
    let promise: Promise = bridge("invoke", &arguments)?.unchecked_into();
    let reply = JsFuture::from(promise).await.map_err(|error| failed(&error))?;
    Ok(bytes(&reply))
}

/// Runs one of the window's own commands.
pub(super) async fn command(name: &str, headers: &[(&str, &str)]) -> Result<Vec<u8>, Error> {
    invoke(name, &[], headers).await
}

/// The host's own error, or what was thrown instead.
fn failed(thrown: &JsValue) -> Error {
    let text = words(thrown);
    serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| Error::new(Code::HostGone, text))
}

/// Bytes as they come over the bridge: raw, as text, or as a value that was JSON.
fn bytes(value: &JsValue) -> Vec<u8> {
    if let Some(text) = value.as_string() {
        return text.into_bytes();
    }
    if value.is_instance_of::<js_sys::ArrayBuffer>()
        || value.is_instance_of::<Uint8Array>()
        || Array::is_array(value)
    {
        return Uint8Array::new(value).to_vec();
    }
    js_sys::JSON::stringify(value).map(|text| String::from(text).into_bytes()).unwrap_or_default()
}

fn next_id() -> String {
    let id = NEXT_ID.replace(NEXT_ID.get() + 1);
    format!("w{id}")
}

/// Cancels the work with this id when dropped, unless it came to its end.
struct OnDrop {
    id: String,
    ended: Cell<bool>,
}

impl OnDrop {
    fn new() -> Self {
        Self { id: next_id(), ended: Cell::new(false) }
    }
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        if !self.ended.get() {
            let id = self.id.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // A host that is gone has nothing left to cancel.
                let _ = invoke("cancel", id.as_bytes(), &[]).await;
            });
        }
    }
}

/// Sends one request, gives its whole answer.
pub(super) async fn call(name: &str, body: &[u8]) -> Result<Vec<u8>, Error> {
    let cancel = OnDrop::new();
    let reply = invoke("call", body, &[("x-call", name), ("x-watch", &cancel.id)]).await;
    cancel.ended.set(true);
    reply
}

/// Sends one request, gives its answer frame by frame.
pub(super) fn watch(name: &'static str, body: Vec<u8>) -> Frames {
    stream::once(async move {
        let channel = Channel::open()?;
        let cancel = OnDrop::new();
        let headers =
            [("x-call", name), ("x-watch", cancel.id.as_str()), ("x-channel", channel.name.as_str())];
        invoke("watch", &body, &headers).await?;
        Ok(stream::unfold((channel, cancel), |(channel, cancel)| async move {
            match channel.pipe.next().await {
                Some(frame) => Some((Ok(frame), (channel, cancel))),
                None => {
                    cancel.ended.set(true);
                    None
                }
            }
        }))
    })
    .flat_map(|opened: Result<_, Error>| match opened {
        Ok(frames) => frames.boxed_local(),
        Err(error) => stream::once(std::future::ready(Err(error))).boxed_local(),
    })
    .boxed_local()
}

/// Where the host sends the frames of one watch.
struct Channel {
    name: String,
    id: JsValue,
    pipe: Pipe<Vec<u8>>,
    _receive: Closure<dyn FnMut(JsValue)>,
}

impl Channel {
    fn open() -> Result<Self, Error> {
        let (sender, pipe) = pipe();
        let order = Rc::new(RefCell::new(Order::<Option<Vec<u8>>>::default()));
        let receive = Closure::<dyn FnMut(JsValue)>::new(move |raw: JsValue| {
            let field = |name: &str| Reflect::get(&raw, &name.into()).unwrap_or(JsValue::UNDEFINED);
            let Some(index) = field("index").as_f64() else { return };
            let end = Reflect::has(&raw, &"end".into()).unwrap_or(false);
            let message = (!end).then(|| bytes(&field("message")));
            // Indexes are small whole numbers.
            for message in order.borrow_mut().push(index as u64, message) {
                match message {
                    Some(frame) => sender.send(frame),
                    None => sender.close(),
                }
            }
        });
        let id = bridge("transformCallback", &Array::of2(receive.as_ref(), &JsValue::FALSE))?;
        let number = id.as_f64().ok_or_else(|| gone("transformCallback"))?;
        Ok(Self { name: format!("__CHANNEL__:{number}"), id, pipe, _receive: receive })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        // Messages still under way then find nobody, which the bridge allows.
        let _ = bridge("unregisterCallback", &Array::of1(&self.id));
    }
}
