//! How much memory do a program and all that it started take? Their proportional set sizes, as Linux counts them.

use std::{collections::HashMap, fs};

/// Every process below one, itself included.
pub fn tree(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut found = vec![root];
    let mut place = 0;
    while let Some(id) = found.get(place).copied() {
        found.extend(children.get(&id).into_iter().flatten());
        place += 1;
    }
    found
}

/// The fourth field of `stat`; the second one, the name in parentheses, may hold anything.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

/// Megabytes of a process tree, shared pages by their share. The browsers' helpers may not be looked at by others.
pub fn pss(root: u32) -> Result<f64, String> {
    let mut sum = 0.0;
    for id in tree(root) {
        let path = format!("/proc/{id}/smaps_rollup");
        // One that has just ended takes none.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
        sum += kib.ok_or_else(|| format!("{path} has no Pss"))? * 1.024 / 1000.0;
    }
    if sum > 0.0 { Ok(sum) } else { Err("its processes cannot be looked at".to_owned()) }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn what_a_program_started_counts_in() {
        let mut child = Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().expect("sleep starts");
        let own = std::process::id();
        assert!(tree(own).contains(&child.id()), "a child is below its parent");
        assert_eq!(tree(child.id()), [child.id()]);
        assert!(pss(own).expect("one's own processes can be looked at") > 0.0);
        child.kill().expect("it ends");
        child.wait().expect("it has ended");
        assert!(pss(child.id()).is_err(), "what is gone takes nothing");
    }
}
