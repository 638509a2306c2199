package athanor.sample.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Those who wait for pictures, first come first served. Who wants the same of the same base as the one whose turn it is, only with
 * other prompts and seeds, is drawn with it: a batch costs little more than one picture.
 */
final class Line {

    private final Set<Waiting> waiting = new LinkedHashSet<>();

    synchronized void join(Waiting one) {
        waiting.add(one);
    }

    synchronized void leave(Waiting one) {
        waiting.remove(one);
    }

    /**
     * Takes one out of the line, and others that fit.
     *
     * @param most pictures together
     */
    synchronized List<Waiting> take(Waiting one, int most) {
        waiting.remove(one);
        List<Waiting> together = new ArrayList<>(List.of(one));
        int pictures = one.wish().pictures().size();
        for (Waiting other : List.copyOf(waiting)) {
            int more = other.wish().pictures().size();
            if (pictures + more <= most && !other.isCancelled() && other.wish().canBeDrawnWith(one.wish())) {
                waiting.remove(other);
                together.add(other);
                pictures += more;
            }
        }
        return together;
    }
}
