//! Is an address one where clouds keep the secrets of a machine?

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const METADATA_V4: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// The names that clouds give to such an address.
const METADATA_NAMES: [&str; 6] = [
    "instance-data",
    "instance-data.ec2.internal",
    "metadata",
    "metadata.goog",
    "metadata.google.internal",
    "metadata.tencentyun.com",
];

/// Whether an address is link-local (169.254/16, fe80::/10) or a cloud's metadata service (100.100.100.200,
/// fd00:ec2::254), also as an IPv4 address inside an IPv6 one.
pub fn is_link_local(address: IpAddr) -> bool {
    let v4_is = |v4: Ipv4Addr| v4.is_link_local() || v4 == METADATA_V4;
    match address {
        IpAddr::V4(v4) => v4_is(v4),
        IpAddr::V6(v6) => v6.is_unicast_link_local() || v6 == METADATA_V6 || inner_v4(v6).is_some_and(v4_is),
    }
}

/// The IPv4 address inside a mapped (::ffff:0:0/96) or NAT64 (64:ff9b::/96, RFC 6052) one.
pub fn inner_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let nat64 = [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0];
    let embedded = || {
        let [[one, two], [three, four]] = [high.to_be_bytes(), low.to_be_bytes()];
        Ipv4Addr::new(one, two, three, four)
    };
    address.to_ipv4_mapped().or_else(|| nat64.then(embedded))
}

/// The same of a host's name without port and brackets, by its text alone.
pub(crate) fn names_link_local(name: &str) -> bool {
    let address = name.parse().ok().or_else(|| number(name).map(IpAddr::V4));
    METADATA_NAMES.contains(&name) || address.is_some_and(is_link_local)
}

/// An IPv4 address as URLs also write it: in fewer than four parts, of which the last fills the rest, each decimal,
/// octal or hex (WHATWG URL, IPv4 parser).
fn number(name: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u32> = name.split('.').take(5).map(part).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let rest_bits = 8 * (4 - first.len());
    if u64::from(*last) >= 1 << rest_bits {
        return None;
    }
    let high = first.iter().fold(0_u64, |high, part| (high << 8) | u64::from(*part));
    u32::try_from((high << rest_bits) | u64::from(*last)).ok().map(Ipv4Addr::from)
}

fn part(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(hex) => (hex, 16),
        None if text.len() > 1 && text.starts_with('0') => (&text[1..], 8),
        None => (text, 10),
    };
    if digits.is_empty() && radix == 16 { Some(0) } else { u32::from_str_radix(digits, radix).ok() }
}
