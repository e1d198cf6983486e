package io.switchboard.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Asks all dependencies at once and waits for none of them long. */
final class HealthCheck implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final List<Dependency> dependencies;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("health-", 0).factory());

    HealthCheck(List<Dependency> dependencies) {
        this.dependencies = List.copyOf(dependencies);
    }

    List<DependencyState> run() {
        List<Future<Map<String, Object>>> answers = dependencies.stream()
                .map(dependency -> threads.submit(() -> dependency.check().call()))
                .toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        return IntStream.range(0, answers.size())
                .mapToObj(i -> state(dependencies.get(i), answers.get(i), deadline))
                .toList();
    }

    private static DependencyState state(
            Dependency dependency, Future<Map<String, Object>> answer, long deadlineNanos) {
        try {
            Map<String, Object> details = answer.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new DependencyState(dependency.name(), dependency.vital(), true, details);
        } catch (ExecutionException e) {
            return down(dependency, String.valueOf(e.getCause()));
        } catch (TimeoutException _) {
            answer.cancel(true);
            return down(dependency, "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return down(dependency, "the check was interrupted");
        }
    }

    private static DependencyState down(Dependency dependency, String reason) {
        return new DependencyState(dependency.name(), dependency.vital(), false, Map.of("reason", reason));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
