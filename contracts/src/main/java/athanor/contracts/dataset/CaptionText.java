package athanor.contracts.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The words in a caption file, whichever editor wrote it: UTF-8, or what the mark at its beginning says. */
public final class CaptionText {

    /** The longer marks first: that of UTF-16 begins like that of UTF-32. */
    private static final Map<String, Charset> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put("efbbbf", StandardCharsets.UTF_8);
        MARKS.put("fffe0000", Charset.forName("UTF-32LE"));
        MARKS.put("0000feff", Charset.forName("UTF-32BE"));
        MARKS.put("fffe", StandardCharsets.UTF_16LE);
        MARKS.put("feff", StandardCharsets.UTF_16BE);
    }

    private CaptionText() {}

    /**
     * Reads a caption.
     *
     * @return empty when there is nothing but spaces
     * @throws IllegalArgumentException when it cannot be told what the bytes mean; the sentence goes on after the file's name
     */
    public static Optional<String> in(byte[] bytes) {
        String text;
        try {
            text = decoded(bytes).strip();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is no UTF-8 text; save the caption as UTF-8", e);
        }
        // What is written as UTF-16 without a mark is valid UTF-8 with a zero beside each letter.
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("holds zeros and is no UTF-8 text; save the caption as UTF-8");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String start = HexFormat.of().formatHex(bytes, 0, Math.min(4, bytes.length));
        for (Map.Entry<String, Charset> mark : MARKS.entrySet()) {
            if (start.startsWith(mark.getKey())) {
                int length = mark.getKey().length() / 2;
                return strictly(mark.getValue(), ByteBuffer.wrap(bytes, length, bytes.length - length));
            }
        }
        return strictly(StandardCharsets.UTF_8, ByteBuffer.wrap(bytes));
    }

    private static String strictly(Charset encoding, ByteBuffer bytes) throws CharacterCodingException {
        return encoding.newDecoder().decode(bytes).toString();
    }
}
