/** Where the page of the tutorial lies beside the app. */
export const TUTORIAL = "./tutorial/index.html";
