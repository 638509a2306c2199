package athanor.console.lora;

import athanor.contracts.proof.ProvedTrial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A checkpoint at a strength. */
public record Candidate(int step, double strength) {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})@(-?\\d{1,3}(?:\\.\\d{1,9})?)");

    static Candidate of(ProvedTrial trial) {
        return new Candidate(trial.step(), trial.strength());
    }

    /** @throws IllegalArgumentException with a sentence for what {@link #toString} has not written */
    static Candidate parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("'%s' is no checkpoint and strength; wanted 300@0.8".formatted(text));
        }
        return new Candidate(Integer.parseInt(written.group(1)), Double.parseDouble(written.group(2)));
    }

    @Override
    public String toString() {
        return step + "@" + strength;
    }
}
