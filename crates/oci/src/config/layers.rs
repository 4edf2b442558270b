//! Which step of the history made which layer?
//!
//! Image specification, config.md: the steps that made a layer stand in the order of the layers. Where there are
//! more or fewer of them than layers nobody can say which is which, so nothing is assigned: tools leave steps out at
//! either end.

use serde::{Deserialize, Serialize};

use super::{DiffId, ImageConfig, Step};

/// How a list of the configuration fits the layers of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// One for each layer.
    Exact,
    /// There is none at all.
    Missing,
    /// Fewer than layers; how many there are.
    Fewer(usize),
    /// More than layers; how many there are.
    More(usize),
}

/// What a configuration says of each layer of its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layers<'a> {
    /// Of each layer, what made it and what it hashes to uncompressed, where that is sure.
    pub of: Vec<(Option<&'a Step>, Option<&'a DiffId>)>,
    /// How the steps that made a layer fit.
    pub history: Fit,
    /// How the digests of the uncompressed layers fit.
    pub diff_ids: Fit,
}

impl Fit {
    fn of(there: usize, layers: usize) -> Self {
        match there {
            _ if there == layers => Self::Exact,
            0 => Self::Missing,
            _ if there < layers => Self::Fewer(there),
            _ => Self::More(there),
        }
    }
}

impl ImageConfig {
    /// What it says of the layers of a manifest that has this many.
    pub fn layers(&self, count: usize) -> Layers<'_> {
        // Beyond what is kept of the history nobody knows what made a layer: it counts as too long.
        let unread = self.steps.saturating_sub(self.history.len());
        let made: Vec<&Step> = self.history.iter().filter(|step| !step.empty_layer).collect();
        let history = match (Fit::of(made.len(), count), unread) {
            (_, 1..) => Fit::More(made.len() + unread),
            // Steps that say of themselves that they made no layer are a history.
            (Fit::Missing, 0) if !self.history.is_empty() => Fit::Fewer(0),
            (fit, 0) => fit,
        };
        let diff_ids = Fit::of(self.diff_ids.len(), count);
        let of = (0..count)
            .map(|layer| {
                let step = if history == Fit::Exact { made.get(layer).copied() } else { None };
                let diff_id = if diff_ids == Fit::Exact { self.diff_ids.get(layer) } else { None };
                (step, diff_id)
            })
            .collect();
        Layers { of, history, diff_ids }
    }
}
