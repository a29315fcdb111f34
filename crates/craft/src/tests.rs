//! Whole files, valid and invalid, from their text to the part tree.

use crate::{
    Attachment, Contents, Error, PartTree, list_vessels, part_tree, read_vessel,
    read_vessel_with_progress, stage_plan,
};
use std::fmt::Write;
use std::ops::ControlFlow;

fn read_text(text: &str, vessel: Option<&str>) -> Result<PartTree, String> {
    let vessel = read_vessel(text.as_bytes(), vessel);
    vessel
        .map(|vessel| part_tree(&vessel))
        .map_err(|error| error.to_string())
}

const STONE: &str = include_str!("../../../samples/craft/Skipping Stone.craft");
const HARBOUR: &str = include_str!("../../../samples/craft/harbour.sfs");

#[test]
fn a_tree_has_the_links_attachments_groups_and_stages_of_its_craft() {
    let tree = read_text(STONE, None).unwrap();
    assert_eq!(tree.vessel.name, "Skipping Stone");
    assert_eq!(tree.vessel.game_version, "1.12.5");
    assert_eq!((tree.parts.len(), tree.root, tree.depth), (12, 0, 7));
    let part = |at: usize| &tree.parts[at];
    assert_eq!(part(0).attachment, Attachment::Root);
    let at = |name: &str| {
        tree.parts
            .iter()
            .position(|part| part.name == name)
            .unwrap()
    };
    let stack = |node: &str| Attachment::Stack {
        node: Some(node.to_owned()),
    };
    assert_eq!(part(at("parachuteSingle")).attachment, stack("bottom"));
    assert_eq!(part(at("fuelTankSmall")).attachment, stack("top"));
    let decoupler = part(at("radialDecoupler2"));
    assert_eq!(decoupler.attachment, Attachment::Surface);
    assert_eq!(
        (decoupler.stage, decoupler.title.as_str()),
        (Some(2), "TT-70 Radial Decoupler")
    );
    assert_eq!(decoupler.parent, Some(at("fuelTank.long")));
    assert_eq!(tree.symmetry_groups.len(), 2);
    let group = &tree.symmetry_groups[decoupler.symmetry_group.unwrap()];
    assert_eq!(group.len(), 2);
    assert!(group.iter().all(|at| part(*at).name == "radialDecoupler2"));
    assert_eq!(part(0).stage, None);
    let fuel = tree
        .resources
        .iter()
        .find(|one| one.name == "SolidFuel")
        .unwrap();
    assert!((fuel.amount - 750.0).abs() < 1e-9);
    assert_eq!(part(at("solidBooster.v2")).resources[0].name, "SolidFuel");
}

#[test]
fn a_vessel_of_a_save_is_found_by_its_name_or_persistent_id() {
    let tree = read_text(HARBOUR, Some("Reed")).unwrap();
    assert_eq!((tree.vessel.name.as_str(), tree.parts.len()), ("Reed", 4));
    assert_eq!(tree.parts[1].attachment, Attachment::Surface);
    assert_eq!(tree.parts[1].category, None);
    assert_eq!(tree.parts[3].parent, Some(2));
    assert_eq!(tree.vessel.game_version, "1.12.5");
    let contents = list_vessels(HARBOUR.as_bytes()).unwrap();
    let Contents::Save(vessels) = contents else {
        panic!("{contents:?}");
    };
    let by_pid = read_text(HARBOUR, Some(&vessels[1].pid)).unwrap();
    assert_eq!(by_pid, tree);
}

#[test]
fn line_endings_byte_order_marks_and_comments_change_nothing() {
    let tree = read_text(STONE, None).unwrap();
    assert!(STONE.starts_with('\u{feff}') && STONE.contains("\r\n"));
    let plain = STONE.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    assert_eq!(read_text(&plain, None).unwrap(), tree);
    let commented = plain.replace('\n', " // a comment\n");
    assert_eq!(read_text(&commented, None).unwrap(), tree);
}

#[test]
fn a_localized_name_counts_as_no_name() {
    for (ship, name) in [
        ("Kerbal X", "Kerbal X"),
        ("#autoLOC_501232 //#autoLOC_501232 = Kerbal X", ""),
    ] {
        let text = format!("ship = {ship}\nPART{{part=a_1\n}}");
        assert_eq!(read_text(&text, None).unwrap().vessel.name, name);
    }
}

#[test]
fn a_file_without_a_usable_vessel_is_rejected_with_the_reason() {
    let craft = |parts: &[&str]| {
        let mut text = String::new();
        for part in parts {
            writeln!(text, "PART{{{part}}}").unwrap();
        }
        text
    };
    let save = |inside: &str| format!("GAME{{FLIGHTSTATE{{VESSEL{{name=A\n{inside}}}}}}}");
    for (text, reason) in [
        (String::new(), "neither a PART"),
        ("GAME{}".to_owned(), "neither a PART"),
        (
            craft(&["part=a_1\nlink=b_2", "part=b_2\nlink=a_1"]),
            "no root part",
        ),
        (craft(&["part=a_1\nlink=a_1"]), "no root part"),
        (
            craft(&["part=r_0", "part=a_1\nlink=b_2", "part=b_2\nlink=a_1"]),
            "a_1 is linked in a circle",
        ),
        (craft(&["part=a_1", "part=b_2"]), "b_2 has no parent"),
        (craft(&["part=a_1\nlink=b_2"]), "linked to b_2"),
        (
            craft(&["part=a_1", "part=a_1"]),
            "two parts have the id a_1",
        ),
        (
            craft(&[
                "part=a_1\nlink=b_2\nlink=c_3",
                "part=b_2\nlink=c_3",
                "part=c_3",
            ]),
            "two parts are linked to c_3",
        ),
        (craft(&["part=nothing"]), "the id “nothing”"),
        (craft(&["x=y"]), "the id “”"),
        (craft(&["part=_1"]), "the id “_1”"),
        (
            "PART{part=a_1".to_owned(),
            "the block that begins in line 1 is never closed",
        ),
        (save(""), "the vessel A has no parts"),
        (save("PART{name=a\n}"), "no root part"),
        (save("root=7\nPART{name=a\n}"), "no root part"),
        (save("root=0\nPART{parent=0\n}"), "has no name"),
        (
            save("root=0\nPART{name=a\n}PART{name=b\nparent=9\n}"),
            "linked to 9",
        ),
        (
            save("root=0\nPART{name=a\n}PART{name=b\nparent=2\n}PART{name=c\nparent=1\n}"),
            "linked in a circle",
        ),
        (HARBOUR.to_owned(), "several vessels: Pebble in orbit, Reed"),
    ] {
        let error = read_text(&text, None).unwrap_err();
        assert!(error.contains(reason), "{text}: {error}");
    }
    let error = read_text(STONE, Some("Pebble")).unwrap_err();
    assert!(error.contains("called Skipping Stone"), "{error}");
}

#[test]
fn a_tree_adds_up_resources_and_counts_unknown_parts() {
    let tree = read_text(HARBOUR, Some("Pebble in orbit")).unwrap();
    let fuel = tree.resources.iter().find(|one| one.name == "LiquidFuel");
    let fuel = fuel.unwrap();
    assert_eq!((fuel.amount, fuel.max_amount), (90.0, 180.0));
    let parachute = tree.parts.iter().find(|one| one.name == "parachuteSingle");
    assert_eq!(parachute.unwrap().stage, Some(0));
    let text = "PART{part=pod_1\nlink=b_2\nlink=c_3\nlink=c_4}\nPART{part=b_2\n}PART{part=c_3\n}PART{part=c_4\n}";
    let unknown = read_text(&text.replace('}', "\n}"), None).unwrap().vessel;
    let unknown = unknown.unknown_parts.into_iter();
    let counted: Vec<_> = unknown.map(|one| (one.name, one.count)).collect();
    assert_eq!(counted[0], ("c".to_owned(), 2), "the most frequent first");
    assert_eq!(counted.len(), 3);
}

#[test]
fn a_part_is_attached_by_a_surface_or_a_node() {
    let attachment_of = |more: &str| {
        let text = format!("PART{{part=a_1\nlink=b_2\n}}PART{{part=b_2\n{more}\n}}");
        read_text(&text, None).unwrap().parts[1].attachment.clone()
    };
    let stack = |node: Option<&str>| Attachment::Stack {
        node: node.map(str::to_owned),
    };
    for (more, attachment) in [
        ("attN=top,a_1", stack(Some("top"))),
        ("attN=top,a_1\nsrfN=srfAttach,a_1", Attachment::Surface),
        ("attN=top,a_1_0|-1.2|0_0|0|0\nattm=1", stack(Some("top"))),
        ("attm=1", Attachment::Surface),
        ("attm=0", stack(None)),
    ] {
        assert_eq!(attachment_of(more), attachment, "{more}");
    }
}

#[test]
fn one_of_two_symmetric_parts_may_name_the_other() {
    let text = "PART{part=a_1\nlink=b_2\nlink=b_3\nlink=b_4\n}PART{part=b_2\n}\
                PART{part=b_3\nsym=b_2\n}PART{part=b_4\nsym=b_2\n}";
    let tree = read_text(text, None).unwrap();
    assert_eq!(tree.symmetry_groups, [[1, 2, 3]]);
}

#[test]
fn vessels_of_a_save_are_found_where_the_game_writes_them() {
    let vessel = "VESSEL{name=A\npid=p\nroot=0\nPART{name=a\n}}";
    for (text, found) in [
        (vessel.to_owned(), true),
        (format!("FLIGHTSTATE{{{vessel}}}"), true),
        (
            format!("GAME{{version=1.12.5\nFLIGHTSTATE{{version=1.0\n{vessel}}}}}"),
            true,
        ),
        (format!("GAME{{SCENARIO{{{vessel}}}}}"), false),
    ] {
        let tree = read_text(&text, None);
        assert_eq!(tree.is_ok(), found, "{text}: {tree:?}");
        if text.starts_with("GAME") && found {
            assert_eq!(tree.unwrap().vessel.game_version, "1.12.5");
        } else if found {
            assert_eq!(
                tree.unwrap().parts[0].id,
                "0",
                "its place, without an id of its own"
            );
        }
    }
    let save = "VESSEL{name=A\nroot=0\nPART{name=a\n}PART{name=b\nparent=2\n}}";
    let error = read_text(save, None).unwrap_err();
    assert!(error.contains("linked to 2"), "{error}");
}

#[test]
fn an_error_lists_at_most_twenty_vessels() {
    for (vessels, end) in [(20, "V19"), (21, "V19, … (+1)")] {
        let mut save = String::new();
        for vessel in 0..vessels {
            write!(save, "VESSEL{{name=V{vessel}\n}}").unwrap();
        }
        let error = read_text(&save, None).unwrap_err();
        assert!(error.contains(end) && !error.contains("+0"), "{error}");
    }
}

#[test]
fn a_save_may_have_ten_thousand_vessels_and_a_vessel_twenty_thousand_parts() {
    for (vessels, reason) in [(10_000, "no parts"), (10_001, "more than 10000 vessels")] {
        let mut save = "VESSEL{name=A\n}".to_owned();
        save.push_str(&"VESSEL{name=B\n}".repeat(vessels - 1));
        let error = read_text(&save, Some("A")).unwrap_err();
        assert!(error.contains(reason), "{error}");
    }
    let parts = |parts: u32| {
        (0..parts).fold(String::new(), |text, part| {
            text + &format!("PART{{part=a_{part}\n}}")
        })
    };
    let error = read_text(&parts(20_000), None).unwrap_err();
    assert!(error.contains("has no parent"), "{error}");
    let error = read_text(&parts(20_001), None).unwrap_err();
    assert!(error.contains("more than 20000 parts"), "{error}");
}

#[test]
fn a_chain_of_ten_thousand_parts_exhausts_no_stack() {
    let mut text = String::new();
    for part in 0..10_000 {
        let link = if part < 9_999 {
            format!("link=structuralPanel_{}\n", part + 1)
        } else {
            String::new()
        };
        writeln!(text, "PART{{part=structuralPanel_{part}\n{link}}}").unwrap();
    }
    let vessel = read_vessel(text.as_bytes(), None).unwrap();
    assert_eq!(part_tree(&vessel).depth, 9_999);
    assert!(stage_plan(&vessel).is_ok());
}

#[test]
fn reading_stops_when_its_caller_asks() {
    let stopped = read_vessel_with_progress(STONE.as_bytes(), None, &mut |progress| {
        if progress.parts < 3 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    assert!(matches!(stopped, Err(Error::Stopped)));
}

/// Generates a save of many vessels while it is read, so that it is never in memory as a whole.
struct LargeSave {
    vessels: usize,
    text: Vec<u8>,
    at: usize,
}

impl std::io::Read for LargeSave {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() && self.vessels > 0 {
            self.vessels -= 1;
            let mut text = format!("VESSEL{{name=V{}\nroot=0\n", self.vessels);
            for part in 0..50 {
                let filler = "x".repeat(900);
                let parent = usize::from(part > 1);
                write!(
                    text,
                    "PART{{name=a\nparent={parent}\nMODULE{{y={filler}\n}}}}"
                )
                .unwrap();
            }
            text.push_str("}\n");
            if self.vessels == 0 {
                text.push_str("}}");
            }
            (self.text, self.at) = (text.into_bytes(), 0);
        }
        let size = to.len().min(self.text.len() - self.at);
        to[..size].copy_from_slice(&self.text[self.at..self.at + size]);
        self.at += size;
        Ok(size)
    }
}

#[test]
fn only_one_vessel_of_a_save_of_fifty_megabytes_is_kept() {
    let save = LargeSave {
        vessels: 1100,
        text: b"GAME{FLIGHTSTATE{".to_vec(),
        at: 0,
    };
    let (mut most, mut bytes) = (0, 0);
    let input = std::io::BufReader::new(save);
    let vessel = read_vessel_with_progress(input, Some("V7"), &mut |progress| {
        most = most.max(progress.parts);
        bytes = progress.bytes;
        ControlFlow::Continue(())
    });
    assert_eq!(vessel.unwrap().parts.len(), 50);
    assert_eq!(most, 50);
    assert!(bytes > 50_000_000, "{bytes}");
}
