//! How do messages that arrive in a callback become a stream?

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
    waker: Option<Waker>,
}

/// The end that is read.
pub(super) struct Pipe<T>(Rc<RefCell<State<T>>>);

/// The end that is written.
pub(super) struct Sender<T>(Rc<RefCell<State<T>>>);

/// A pipe within this thread. What is not read is dropped with it.
pub(super) fn pipe<T>() -> (Sender<T>, Pipe<T>) {
    let state = Rc::new(RefCell::new(State { waiting: VecDeque::new(), closed: false, waker: None }));
    (Sender(Rc::clone(&state)), Pipe(state))
}

impl<T> Sender<T> {
    /// Adds a message.
    pub(super) fn send(&self, message: T) {
        self.0.borrow_mut().waiting.push_back(message);
        self.wake();
    }

    /// Says that nothing follows.
    pub(super) fn close(&self) {
        self.0.borrow_mut().closed = true;
        self.wake();
    }

    fn wake(&self) {
        let waker = self.0.borrow_mut().waker.take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Pipe<T> {
    /// The next message; `None` after the last.
    pub(super) async fn next(&self) -> Option<T> {
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            match state.waiting.pop_front() {
                Some(message) => Poll::Ready(Some(message)),
                None if state.closed => Poll::Ready(None),
                None => {
                    state.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}
