package io.switchboard.ingestion.parsing;

/** Why a file cannot become knowledge, in words for whoever uploaded it. */
public enum Problem {
    EMPTY("The file is empty."),
    ENCRYPTED("The file is protected with a password. Remove the protection and upload it again."),
    BROKEN("The file is broken or incomplete and cannot be read."),
    UNSUPPORTED(
            "This kind of file is not supported. Use PDF, Word, PowerPoint, Excel, OpenDocument, RTF, EPUB, e-mail, HTML,"
                    + " Markdown, CSV, plain text, or a picture as PNG, JPEG, TIFF or WebP."),
    NO_TEXT("No text was found in the file."),
    PICTURES(
            "The file holds pictures of text. They can be read once the operator has installed Tesseract (tesseract-ocr)."),
    TOO_SLOW("Reading the file took too long, so it was given up."),
    TOO_LARGE("The file becomes too large when it is unpacked."),
    TOO_LONG("The file has more pages or table cells than are read from one file. Split it and upload the parts.");

    private final String sentence;

    Problem(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
