//! What is forgotten first when there is too much? The entry that nobody has used for longest.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// A map that holds at most so many entries of at most so much weight together.
#[derive(Debug)]
pub(crate) struct Lru<K, V> {
    most: usize,
    heaviest: usize,
    weight: usize,
    entries: HashMap<K, Entry<V>>,
    /// From the entry that was used longest ago to the latest.
    uses: BTreeMap<u64, K>,
    clock: u64,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    weight: usize,
    used: u64,
}

impl<K: Clone + Eq + Hash, V: Clone> Lru<K, V> {
    /// An empty map for at most `most` entries that weigh at most `heaviest` together.
    pub(crate) fn new(most: usize, heaviest: usize) -> Self {
        Self { most, heaviest, weight: 0, entries: HashMap::new(), uses: BTreeMap::new(), clock: 0 }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        let entry = self.entries.get_mut(key)?;
        self.clock += 1;
        if let Some(key) = self.uses.remove(&entry.used) {
            self.uses.insert(self.clock, key);
        }
        entry.used = self.clock;
        Some(entry.value.clone())
    }

    /// Puts it in, in the place of what had this key. What alone is too heavy is not kept.
    pub(crate) fn put(&mut self, key: K, value: V, weight: usize) {
        self.remove(&key);
        if weight > self.heaviest || self.most == 0 {
            return;
        }
        while self.entries.len() >= self.most || self.weight + weight > self.heaviest {
            let Some((_, oldest)) = self.uses.pop_first() else { break };
            self.remove(&oldest);
        }
        self.clock += 1;
        self.weight += weight;
        self.uses.insert(self.clock, key.clone());
        self.entries.insert(key, Entry { value, weight, used: self.clock });
    }

    pub(crate) fn remove(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.weight -= entry.weight;
            self.uses.remove(&entry.used);
        }
    }

    /// Forgets every entry whose key is such.
    pub(crate) fn remove_all(&mut self, such: impl Fn(&K) -> bool) {
        let keys: Vec<K> = self.entries.keys().filter(|key| such(key)).cloned().collect();
        keys.iter().for_each(|key| self.remove(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(lru: &Lru<u8, u8>) -> Vec<u8> {
        lru.uses.values().copied().collect()
    }

    #[test]
    fn the_one_that_was_used_longest_ago_goes_first() {
        let mut lru = Lru::new(3, 100);
        for key in 1..=3 {
            lru.put(key, key, 1);
        }
        assert_eq!(lru.get(&1), Some(1));
        lru.put(4, 4, 1);
        assert_eq!((lru.get(&2), keys(&lru)), (None, vec![3, 1, 4]));
    }

    #[test]
    fn weight_is_bounded_and_given_back() {
        let mut lru = Lru::new(100, 10);
        lru.put(1, 1, 4);
        lru.put(2, 2, 6);
        lru.put(3, 3, 5);
        assert_eq!((keys(&lru), lru.weight), (vec![3], 5));
        lru.put(3, 30, 2);
        lru.put(4, 4, 8);
        assert_eq!((keys(&lru), lru.get(&3), lru.weight), (vec![3, 4], Some(30), 10));
        lru.put(5, 5, 11);
        assert_eq!(lru.get(&5), None, "too heavy alone, it pushes nothing out");
        assert_eq!(lru.weight, 10);
        lru.remove_all(|key| *key == 4);
        assert_eq!((keys(&lru), lru.weight, lru.entries.len()), (vec![3], 2, 1));
    }
}
