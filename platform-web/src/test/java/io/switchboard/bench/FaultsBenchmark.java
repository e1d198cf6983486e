package io.switchboard.bench;

import io.switchboard.faults.FaultRun;
import java.nio.file.Path;
import java.util.List;

/** Whether messages survive kills, restarts, cuts and failing neighbours; see docs/reliability.md. */
final class FaultsBenchmark {

    private FaultsBenchmark() {}

    /** @param args the jar, then names of drills, F1 to F12; none for all */
    public static void main(String[] args) throws Exception {
        List<String> all = List.of(args);
        boolean passed = FaultRun.run(Path.of(all.getFirst()), all.subList(1, all.size()), System.out);
        System.exit(passed ? 0 : 1);
    }
}
