package athanor.diffusion.pipeline;

import athanor.diffusion.tokenizer.ClipTokenizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A prompt as one text encoder takes it.
 *
 * @param ids start, tokens, end, padding, (L)
 * @param weights what the embedding of each token is multiplied with, (L)
 * @param warning a sentence when the prompt was too long
 */
record TokenizedPrompt(long[] ids, float[] weights, Optional<String> warning) {

    private static final int QUOTED_CHARACTERS = 60;

    static TokenizedPrompt of(WeightedPrompt prompt, ClipTokenizer tokenizer) {
        LongStream.Builder tokens = LongStream.builder();
        float[] weights = new float[tokenizer.length()];
        Arrays.fill(weights, 1);
        int position = 1; // after the start token
        for (WeightedPrompt.Piece piece : prompt.pieces()) {
            // piece by piece also where nothing is weighted would split no word: pieces end at brackets
            for (long token : tokenizer.tokens(piece.text())) {
                tokens.add(token);
                if (position < weights.length - 1) {
                    weights[position] = (float) piece.weight();
                }
                position++;
            }
        }
        long[] all = tokens.build().toArray();
        return new TokenizedPrompt(tokenizer.frame(all), weights, tooLong(prompt, all.length, tokenizer));
    }

    boolean isWeighted() {
        for (float weight : weights) {
            if (weight != 1) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> tooLong(WeightedPrompt prompt, int tokens, ClipTokenizer tokenizer) {
        int room = tokenizer.length() - 2;
        if (tokens <= room) {
            return Optional.empty();
        }
        return Optional.of("the prompt has %d tokens and this base reads %d; not read: \"%s\""
                .formatted(tokens, room, quoted(tokenizer.unread(prompt.text()))));
    }

    private static String quoted(String rest) {
        return rest.length() <= QUOTED_CHARACTERS ? rest : rest.substring(0, QUOTED_CHARACTERS) + "...";
    }
}
