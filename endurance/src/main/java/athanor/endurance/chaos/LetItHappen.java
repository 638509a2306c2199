package athanor.endurance.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets accidents happen at their times, makes each good when it is over, and starts anew who ended. */
final class LetItHappen {

    private final ChaosStack stack;
    private final List<Accident> coming;
    private final List<Lasting> lasting = new ArrayList<>();
    private final long begin = System.nanoTime();

    private record Lasting(Accident accident, long until) {}

    LetItHappen(ChaosStack stack, List<Accident> accidents) {
        this.stack = stack;
        this.coming = new ArrayList<>(accidents);
    }

    /** Called again and again. */
    void lookAtTheClock() throws IOException, InterruptedException {
        long now = System.nanoTime();
        while (!coming.isEmpty() && now - begin >= coming.get(0).at().toNanos()) {
            Accident accident = coming.remove(0);
            strike(accident);
            lasting.add(new Lasting(accident, now + accident.lasts().toNanos()));
        }
        for (Lasting over : lasting.stream().filter(one -> now >= one.until()).toList()) {
            lasting.remove(over);
            if (lasting.stream().noneMatch(other -> sameVictim(other.accident(), over.accident()))) {
                heal(over.accident());
            }
        }
        if (over()) {
            for (Victim worker : stack.workers) {
                worker.startAgain(); // as a supervisor does with one that ended by itself
            }
        }
    }

    boolean over() {
        return coming.isEmpty() && lasting.isEmpty();
    }

    private void strike(Accident accident) throws IOException, InterruptedException {
        Victim victim = victim(accident);
        switch (accident.kind()) {
            case WORKER_KILLED, BROKER_KILLED, STORE_KILLED -> victim.kill();
            case WORKER_FROZEN, BROKER_FROZEN, STORE_FROZEN -> victim.freeze();
            case STORE_DISK_FULL -> victim.fillDisk();
        }
    }

    private void heal(Accident accident) throws IOException, InterruptedException {
        Victim victim = victim(accident);
        victim.thaw();
        victim.emptyDisk();
        victim.startAgain();
    }

    private Victim victim(Accident accident) {
        return switch (accident.kind()) {
            case WORKER_KILLED, WORKER_FROZEN -> stack.workers.get(accident.worker());
            case BROKER_KILLED, BROKER_FROZEN -> stack.broker;
            case STORE_KILLED, STORE_FROZEN, STORE_DISK_FULL -> stack.store;
        };
    }

    private boolean sameVictim(Accident one, Accident other) {
        return victim(one) == victim(other);
    }
}
