package athanor.ingest.parcel;

import athanor.contracts.dataset.SkippedFile;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Takes the files out of a {@code multipart/form-data} body that lies on the disk, with the decoder that the HTTP server has. */
public final class ReadParts {

    private static final int PIECE = 1 << 16;
    private static final int LONGEST_HEADER = 1 << 16;

    /** Between the parts (RFC 2046, section 5.1.1). */
    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=\"?[^\"\\s;]");

    private final ParcelLimits limits;
    private final UnpackZip unpackZip;

    public ReadParts(ParcelLimits limits) {
        this.limits = limits;
        this.unpackZip = new UnpackZip(limits);
    }

    /** @throws ParcelRefusedException with a sentence for the sender */
    public Parcel from(Path body, String contentType) {
        Parcel parcel = Parcel.empty();
        boolean whole = false;
        try {
            read(body, contentType, parcel);
            unpackZip.zipsIn(parcel);
            whole = true;
            return parcel;
        } catch (TooManyFormFieldsException e) {
            throw new ParcelRefusedException(
                    "the request has more than %d parts; send it in several".formatted(limits.files()), e);
        } catch (TooLongFormFieldException e) {
            throw new ParcelRefusedException(
                    "the headers of a part have more than %d bytes".formatted(LONGEST_HEADER), e);
        } catch (ErrorDataDecoderException e) {
            throw new ParcelRefusedException(
                    "the body cannot be read as multipart/form-data, because of %s; send one part with a file name for each picture, its bytes as they are"
                            .formatted(reason(e)),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload cannot be read from this machine's disk", e);
        } finally {
            if (!whole) {
                parcel.close();
            }
        }
    }

    /** What the decoder says of it would name classes of Java. */
    private static String reason(ErrorDataDecoderException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("TransferEncoding")
                ? "a Content-Transfer-Encoding"
                : said.contains("Charset") ? "a charset that does not exist" : "the headers of a part";
    }

    private void read(Path body, String contentType, Parcel parcel) throws IOException {
        if (!BOUNDARY.matcher(contentType).find()) {
            throw new ParcelRefusedException(
                    "the Content-Type names no boundary, without which no part can be told from the next; send it as"
                            + " your HTTP client makes it");
        }
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        DefaultHttpDataFactory onDisk = new DefaultHttpDataFactory(true, StandardCharsets.UTF_8);
        onDisk.setBaseDir(parcel.folder().toString());
        onDisk.setDeleteOnExit(false); // the list of what to delete would grow as long as the service lives
        HttpPostMultipartRequestDecoder decoder = new HttpPostMultipartRequestDecoder(
                onDisk, head, StandardCharsets.UTF_8, limits.files(), LONGEST_HEADER);
        decoder.setDiscardThreshold(PIECE);
        boolean ended = false;
        try (InputStream in = Files.newInputStream(body)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(Arrays.copyOf(piece, read))));
                take(decoder, parcel);
            }
            decoder.offer(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER));
            take(decoder, parcel);
            ended = decoder.currentPartialHttpData() == null;
        } catch (EndOfDataDecoderException end) {
            ended = true;
        } finally {
            decoder.destroy();
        }
        if (!ended) {
            throw new ParcelRefusedException("the last part of the body breaks off; send it again, whole");
        }
    }

    private static void take(HttpPostMultipartRequestDecoder decoder, Parcel parcel) throws IOException {
        while (decoder.hasNext()) {
            InterfaceHttpData part = decoder.next();
            if (part instanceof FileUpload file && !file.getFilename().isBlank()) {
                keep(file, parcel.place(file.getFilename()));
            } else {
                parcel.skip(new SkippedFile(
                        part.getName().isBlank() ? "(unnamed)" : part.getName(), "is a part without a file name"));
            }
            decoder.removeHttpDataFromClean(part);
            part.release();
        }
    }

    private static void keep(FileUpload file, Path place) throws IOException {
        if (file.length() == 0) {
            Files.createFile(place);
        } else {
            file.renameTo(place.toFile());
        }
    }
}
