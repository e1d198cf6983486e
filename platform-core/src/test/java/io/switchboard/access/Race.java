package io.switchboard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs the same thing many times at the same moment. */
final class Race {

    private Race() {}

    static <T> List<T> of(int runners, Callable<T> run) throws Exception {
        return of(IntStream.range(0, runners).mapToObj(_ -> run).toList());
    }

    static <T> List<T> of(List<Callable<T>> runs) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = runs.stream()
                    .map(run -> threads.submit(() -> {
                        start.await();
                        return run.call();
                    }))
                    .toList();
            start.countDown();
            List<T> outcomes = new ArrayList<>();
            for (Future<T> result : results) {
                outcomes.add(result.get());
            }
            return outcomes;
        }
    }
}
