//! What is known of a text that is shown as code?

use std::{collections::HashSet, sync::Arc};

use leptos::prelude::*;
use oci::Finding;
use view::json::{self, Fold, Hits, Page, Place, Shown, Tree};

use super::{bar::Form, marks::Marks};

/// So many places of a word are found; more are only said to be there.
const MOST_HITS: usize = 10_000;

/// A text in rows, with what stands where.
pub(super) struct Doc {
    /// Its rows.
    pub(super) page: Page,
    /// Its values.
    pub(super) tree: Tree,
    /// What can be folded, by row.
    pub(super) folds: Vec<Fold>,
    /// What is wrong with it.
    pub(super) findings: Arc<Vec<Finding>>,
    /// Where that stands.
    pub(super) marks: Marks,
}

impl Doc {
    /// Reads a text.
    pub(super) fn new(text: String, is_json: bool, findings: Arc<Vec<Finding>>) -> Self {
        let page = if is_json { Page::json(text) } else { Page::plain(text) };
        let tree = if is_json { Tree::of(&page) } else { Tree::default() };
        let folds = json::folds(&page, &tree);
        let marks = if is_json { Marks::new(&page, &tree, &findings) } else { Marks::default() };
        Self { page, tree, folds, findings, marks }
    }

    /// The fold that begins in a row.
    pub(super) fn fold_at(&self, row: usize) -> Option<&Fold> {
        let place = self.folds.binary_search_by_key(&row, |fold| fold.row as usize).ok()?;
        self.folds.get(place)
    }

    /// The value in a row: the first that stands there.
    pub(super) fn value_in(&self, row: usize) -> Option<Place> {
        let row = self.page.rows.get(row)?;
        let text = self.page.text.get(row.start as usize..row.end as usize)?;
        let blank = text.len() - text.trim_start().len();
        self.tree.at(&self.page, row.start as usize + blank)
    }

    /// The row in which the value of a pointer begins.
    pub(super) fn row_at(&self, pointer: &str) -> Option<usize> {
        self.tree.find(&self.page, pointer).map(|place| self.page.row_of(place.start))
    }
}

/// How a text is looked at. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    /// The text as it is shown now.
    pub(super) doc: Memo<Arc<Doc>>,
    /// How it is shown.
    pub(super) form: RwSignal<Form>,
    /// What is folded, by place in the tree.
    pub(super) closed: RwSignal<HashSet<u32>>,
    /// The rows that are left.
    pub(super) shown: Memo<Arc<Shown>>,
    /// The row of the cursor.
    pub(super) cursor: RwSignal<Option<usize>>,
    /// What is looked for.
    pub(super) wanted: RwSignal<String>,
    /// Where it stands.
    pub(super) hits: Memo<Arc<Hits>>,
    /// Which of the places the reader is at.
    pub(super) hit: RwSignal<usize>,
}

impl Looking {
    /// Looks at what `text` gives for a form.
    pub(super) fn new(
        form: Form,
        text: impl Fn(Form) -> String + Send + Sync + 'static,
        is_json: bool,
        findings: Signal<Arc<Vec<Finding>>>,
    ) -> Self {
        let form = RwSignal::new(form);
        let doc = Memo::new_with_compare(
            move |_| Arc::new(Doc::new(text(form.get()), is_json, findings.get())),
            |before, now| !same(before, now),
        );
        let closed = RwSignal::new(HashSet::new());
        let shown = Memo::new(move |_| {
            let (doc, closed) = (doc.read(), closed.read());
            let folds = doc.folds.iter().copied().filter(|fold| closed.contains(&fold.container));
            Arc::new(Shown::new(doc.page.rows.len(), folds))
        });
        let wanted = RwSignal::new(String::new());
        let hits = Memo::new(move |_| Arc::new(json::find(&doc.read().page.text, &wanted.read(), MOST_HITS)));
        let looking = Self {
            doc,
            form,
            closed,
            shown,
            cursor: RwSignal::new(None),
            wanted,
            hits,
            hit: RwSignal::new(0),
        };
        // Rows of one form are none of the other.
        Effect::new(move |before: Option<Form>| {
            let form = form.get();
            if before.is_some_and(|before| before != form) {
                looking.cursor.set(None);
            }
            form
        });
        looking
    }

    /// Opens everything around a row, so that it is shown.
    pub(super) fn unfold_to(self, row: usize) {
        let doc = self.doc.get_untracked();
        let hides = |fold: &&Fold| (fold.row as usize) < row && row <= fold.last as usize;
        let around: Vec<u32> = doc.folds.iter().filter(hides).map(|fold| fold.container).collect();
        if self.closed.with_untracked(|closed| around.iter().any(|container| closed.contains(container))) {
            self.closed.update(|closed| around.iter().for_each(|container| _ = closed.remove(container)));
        }
    }

    /// Folds what begins in a row, or opens it again.
    pub(super) fn toggle(self, row: usize) {
        let doc = self.doc.get_untracked();
        if let Some(fold) = doc.fold_at(row) {
            self.closed.update(|closed| {
                if !closed.remove(&fold.container) {
                    closed.insert(fold.container);
                }
            });
        }
    }

    /// Folds what is this deep and deeper; `None` opens all.
    pub(super) fn fold_from(self, depth: Option<u32>) {
        let doc = self.doc.get_untracked();
        let closed = depth.map(|depth| {
            doc.folds.iter().filter(|fold| fold.depth >= depth).map(|fold| fold.container).collect()
        });
        self.closed.set(closed.unwrap_or_default());
    }
}

fn same(before: Option<&Arc<Doc>>, now: Option<&Arc<Doc>>) -> bool {
    matches!((before, now), (Some(before), Some(now)) if Arc::ptr_eq(before, now))
}
