package steptest

import (
	"strings"
	"testing"
)

// A lint that lets everything pass would look just like clean steps.
func TestLint(t *testing.T) {
	tests := []struct {
		name, query, want string // want: a part of the finding; empty: none
	}{
		{"a plain step", "select a.x, cast(sum(a.y) as bigint) as y from a group by a.x", ""},
		{"a product of whole numbers", "select cast(sum(w.weight * s.cents) as bigint) as charge from s cross join w", ""},
		{"count(*)", "select cast(count(*) filter (where x > 0) as bigint) as n from a", ""},
		{"a sum within coalesce within cast", "select cast(coalesce(sum(x), 0) as decimal(18, 2)) as x from a", ""},
		{"a window with its nulls", "select row_number() over (partition by b order by c desc nulls last, d asc nulls first) as n from a", ""},
		{"a list of values", "select x from a where x in ('1', '2') and y not in (select y from b)", ""},
		{"a word inside a text", "select x from a where x = 'qualify avg( / ::'", ""},
		{"a comment", "select x -- avg(x) / 2\nfrom a", ""},
		{"a remainder by a number", "select x from a where y % 2 < 1", ""},
		{"a union", "select x from a union all select x from b", ""},
		{"a join with a condition in parentheses", "select x from a left join b on b.y = a.y and (a.z or b.z)", ""},
		{"months as a set", "select cast(bit_count(a.months & -b.month_bit) as bigint) as n from a cross join b where (a.months & b.month_bit) <> 0", ""},
		{"semi and anti joins", "select x from a semi join b on b.y = a.y anti join c on c.y = a.y", ""},

		{"division", "select x / y as z from a", "/ is not portable"},
		{"whole division", "select x // y as z from a", "// is not portable"},
		{"a remainder that may be of zero", "select x % y as z from a", "% by anything but a number"},
		{"short cast", "select x::bigint as x from a", ":: is not portable"},
		{"other inequality", "select x from a where x != y", "!= is not portable"},
		{"quoted name", `select "x" from a`, `" is not portable`},
		{"avg", "select avg(x) as x from a", "function avg("},
		{"round", "select round(x, 2) as x from a", "function round("},
		{"date_trunc", "select date_trunc('month', d) as d from a", "function date_trunc("},
		{"any_value", "select any_value(x) as x from a", "function any_value("},
		{"first", "select first(x) as x from a", "function first("},
		{"list", "select list(x) as x from a", "function list("},
		{"string_agg", "select string_agg(x, ',') as x from a", "function string_agg("},
		{"concat, which skips null on one engine", "select concat(x, y) as x from a", "function concat("},
		{"strftime", "select strftime(d, '%Y') as y from a", "function strftime("},
		{"regexp_matches", "select x from a where regexp_matches(x, 'y')", "function regexp_matches("},
		{"a function of one engine", "select arg_max(x, y) as x from a", "function arg_max("},
		{"rank, which leaves ties", "select rank() over (order by x asc nulls last) as n from a", "function rank("},
		{"qualify", "select x from a qualify row_number() over (order by x asc nulls last) = 1", "qualify is not portable"},
		{"ilike", "select x from a where x ilike 'y'", "ilike is not portable"},
		{"interval", "select d + interval '1' month as d from a", "interval is not portable"},
		{"a float", "select cast(x as double) as x from a", "double is not portable"},
		{"limit", "select x from a limit 1", "limit is not portable"},
		{"unnest, which Spark calls explode", "select unnest(x) as x from a", "unnest is not portable"},
		{"select *", "select * from a", "select *"},
		{"select a.*", "select a.* from a", "select *"},
		{"select x, *", "select x, * from a", "select *"},
		{"a sum without a cast", "select sum(x) as x from a", "sum( stands in no cast("},
		{"a count of bits without a cast", "select bit_count(x) as x from a", "bit_count( stands in no cast("},
		{"a sum in a query within a cast", "select cast((select sum(x) from a) as bigint) as x from b", "sum( stands in no cast("},
		{"a window that leaves nulls open", "select row_number() over (partition by b order by c desc) as n from a", "nulls first or nulls last"},
		{"its first order open, its second not", "select row_number() over (order by c desc, d asc nulls last) as n from a", "nulls first or nulls last"},
		{"its second order open", "select row_number() over (order by d asc nulls last, c) as n from a", "nulls first or nulls last"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(Lint(tt.query), "; ")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("Lint found %q, want %q", got, tt.want)
			}
		})
	}
}
