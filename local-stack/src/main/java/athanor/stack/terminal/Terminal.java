package athanor.stack.terminal;

import athanor.contracts.json.Json;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Standard output as a person reads it. On a terminal the status is one line that changes in place; in a file or a pipe it
 * becomes a line of its own, now and then.
 */
public final class Terminal {

    private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001B[2K";

    private final PrintStream out;
    private final PrintStream errors;
    private boolean interactive;
    private PrintStream people;
    private boolean statusShown;
    private String plainGroup = "";
    private String plainText = "";
    private long plainAt;
    private boolean silent;
    private String farewell = "";

    public Terminal(PrintStream out, PrintStream errors, boolean interactive) {
        this.out = out;
        this.errors = errors;
        this.people = out;
        this.interactive = interactive;
    }

    /** The launcher script knows whether its output is a terminal; newer Javas answer yes even to a pipe. */
    public static Terminal ofThisProcess() {
        return new Terminal(System.out, System.err, Boolean.getBoolean("athanor.terminal"));
    }

    /**
     * From now on the standard output belongs to the {@link #answer}, which a program reads; what is said to people goes where
     * errors go.
     */
    public synchronized void answerInJson() {
        people = errors;
        interactive = false;
    }

    /** What came of a command, for a program. */
    public synchronized void answer(Object value) {
        if (!silent) {
            out.println(Json.pretty(value).strip());
            out.flush();
        }
    }

    /** One of many answers, as text that is JSON already. */
    public synchronized void answerLine(String json) {
        if (!silent) {
            out.println(json);
            out.flush();
        }
    }

    public synchronized void line(String text) {
        if (!silent) {
            clearStatus();
            people.println(text);
            people.flush();
        }
    }

    public synchronized void error(String sentence) {
        if (!silent) {
            clearStatus();
            errors.println("athanor: " + sentence);
            errors.flush();
        }
    }

    /**
     * Says what is going on just now.
     *
     * @param group where nothing can change in place, a new group is printed at once, the same one every five seconds, and the same text once
     */
    public synchronized void status(String group, String text) {
        if (silent) {
            return;
        }
        if (interactive) {
            people.print(CLEAR_LINE + text);
            people.flush();
            statusShown = true;
        } else if (!group.equals(plainGroup)
                || !text.equals(plainText) && System.nanoTime() - plainAt > BETWEEN_PLAIN_LINES.toNanos()) {
            plainGroup = group;
            plainText = text;
            plainAt = System.nanoTime();
            people.println(text);
            people.flush();
        }
    }

    /** What is to be said should the process be ended from now on; empty for nothing. */
    public synchronized void onInterrupt(String sentence) {
        farewell = sentence;
    }

    /** The process ends. From now on nothing is printed: what fails while everything stops is not worth a word. */
    public synchronized void silence() {
        if (!farewell.isEmpty()) {
            line(farewell);
        }
        clearStatus();
        silent = true;
    }

    private void clearStatus() {
        if (statusShown) {
            people.print(CLEAR_LINE);
            people.flush();
            statusShown = false;
        }
    }
}
