// Package compare says what changed from one published run to another.
//
// Compare opens both runs and holds every file against its manifest, then works
// out, from what is published alone:
//
//	what the runs rest on    inputs, parameters, the Participant TIN list
//	what kept its bytes      file by file; the base years and the ACPT row by row
//	what moved the benchmark a bridge, benchmark.Bridges
//	who was gained and lost  alignment_change_total of the transition, or else
//	                         alignment tables of the runs
//	months and dollars       exposure and expenditure, of both and the difference
//
// # Readings
//
// The claims-aligned rows of the base years rest on the list, the claims and the
// enrollment of those years: newer months, scores or voluntary alignments of the
// performance year leave them, and the ACPT, as they are (R1, D4). So they are
// compared row by row, apart from the rest of their tables.
//
// A transition's table lies beside the runs, under changes/<from>__<to>. Where
// only the one back is there, it is read backwards: gained is lost, and the same
// billing number is the cause.
//
// A cause is a billing number: it stands on an ACO's own list, and is what the
// reader asks for. It is a result, so it goes to standard output; no log and no
// error holds one. The diff is for the ACO's own analysts: it counts people, and
// names none, but it leaves small counts as they are, which a report must not.
package compare
