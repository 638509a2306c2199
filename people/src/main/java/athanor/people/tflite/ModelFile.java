package athanor.people.tflite;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The networks that are in this module as data; the README beside them says where they are from. */
enum ModelFile {
    FACE_DETECTION(
            "face_detection_full_range.tflite", "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3"),
    POSE_DETECTION("pose_detection.tflite", "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"),
    POSE_LANDMARK("pose_landmark_full.tflite", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
    SELFIE_SEGMENTATION(
            "selfie_segmentation.tflite", "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27");

    private final String fileName;
    private final String sha256;

    ModelFile(String fileName, String sha256) {
        this.fileName = fileName;
        this.sha256 = sha256;
    }

    /** @throws IOException where the file is not on the class path, or is another one than the thresholds were measured with */
    byte[] read() throws IOException {
        try (InputStream in = ModelFile.class.getResourceAsStream(fileName)) {
            if (in == null) {
                throw new IOException(
                        "the model %s is not on the class path; build the module people again".formatted(fileName));
            }
            byte[] bytes = in.readAllBytes();
            check(bytes);
            return bytes;
        }
    }

    void check(byte[] bytes) throws IOException {
        String found = sha256(bytes);
        if (!found.equals(sha256)) {
            throw new IOException("the model %s has SHA-256 %s and should have %s; take it from its package again"
                    .formatted(fileName, found, sha256));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, this one has not", e);
        }
    }
}
