package pipeline
import ("testing";"context";"os";"fmt";"log/slog";"time";"leadline/schemas";"leadline/pipeline/input";"leadline/pipeline/engine")
func TestZZProfile(t *testing.T){
 ctx:=context.Background()
 cfg,err:=LoadConfig(os.Getenv("ZZ"),Overrides{}); if err!=nil{t.Fatal(err)}
 w,_:=os.MkdirTemp("","zz"); defer os.RemoveAll(w)
 e,err:=engine.OpenDuckDB(ctx,engine.Options{MemoryLimit:"3GB",WorkFolder:w}); if err!=nil{t.Fatal(err)}
 defer e.Close()
 r:=Request{Config:cfg,Log:slog.New(slog.NewTextHandler(os.Stdout,&slog.HandlerOptions{Level:slog.LevelDebug}))}
 ps,err:=parameterSet(nil); if err!=nil{t.Fatal(err)}
 src,_:=input.ResolveAll(cfg.Inputs,"")
 x:=extract{}
 f,_,err:=input.CheckFooters(ctx,src); if err!=nil{t.Fatal(err)}
 small,_,_:=input.ReadSmall(ctx,src,cfg.PerformanceYear); x.lists=small
 x.years=schemas.Years{Performance:cfg.PerformanceYear,FirstPerformance:x.lists.firstPerformanceYear()}
 if rows:=small["mbi_crosswalk"];rows!=nil{ x.current,_=input.ResolveCrosswalk(rows)}
 x.footers=map[string]input.TableFooters{}; for n,tf:=range f{ if !tf.Table.CSV{x.footers[n]=tf}}
 if err:=bind(ctx,e,x.footers,x.current);err!=nil{t.Fatal(err)}
 s:=time.Now()
 if x.span,err=enrollmentSpan(ctx,e,x.years.Performance);err!=nil{t.Fatal(err)}
 fmt.Println("span",time.Since(s)); s=time.Now()
 c,err:=newComputation(ctx,e,x,ps.Reader(x.years.Performance),r); if err!=nil{t.Fatal(err)}
 fmt.Println("new",time.Since(s)); s=time.Now()
 if err:=c.run(ctx);err!=nil{t.Fatal(err)}
 total:=0.0
 for _,d:=range c.done{ fmt.Printf("%-26s %10d %.2f\n",d.Name,d.Rows,d.Seconds); total+=d.Seconds}
 fmt.Println("steps",total, "all", time.Since(s))
 s=time.Now()
 q:="select count(claim_id),count(line_number),count(bene_id),count(claim_type_code),count(thru_date),count(hcpcs_code),count(tin),count(specialty_code),sum(allowed_amount),sum(paid_amount),count(processing_indicator_code),count(adjustment_type_code),count(original_claim_id),sum(len(diagnosis_codes)),count(from_date) from professional_claim_line_as_given"
 if len(x.current)==0 {q=q[:len(q)-9]}
 for i:=0;i<3;i++{ s=time.Now(); e.Query(ctx,q); fmt.Println("floor prof",time.Since(s))}
}
