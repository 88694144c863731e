<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" buffer="none" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title><c:out value="${word.text}"/></title>
</head>
<body>
  <h1><c:out value="${word.text}"/></h1>
  <p><c:out value="${word.definition}"/></p>
  <p data-id="${word.id}">Word ${word.id}. <a href="../form">Add a word</a></p>
</body>
</html>
