//! Does the tour lead through the samples?

use e2e::app::journey;

#[tokio::test]
async fn the_tour_leads_from_stop_to_stop_and_back() {
    journey(async |app| {
        let page = &app.page;
        page.click("home-tour").await;
        page.at("/tour").await;
        page.find("tour-stop").await;
        let stops = page.count("tour-stop").await;
        let mut names = Vec::new();
        for stop in page.all("tour-stop").await {
            names.push(stop.attr("data-name").await.expect("an attribute").expect("each stop has a name"));
        }
        assert!(stops >= 3, "{names:?}");
        page.click("tour-begin").await;
        page.see("tour-bar", &format!("Stop 1 of {stops}")).await;
        page.find("tour-next").await;
        // By a script: the desktop's driver gives the whole address.
        let href = "return document.querySelector('[data-testid=tour-next]').getAttribute('href')";
        let first = page.script(href).await.as_str().expect("a way on").to_owned();
        page.click("tour-next").await;
        page.at(&first).await;
        page.see("tour-bar", &format!("Stop 2 of {stops}")).await;
        page.click("tour-next").await;
        page.see("tour-bar", &format!("Stop 3 of {stops}")).await;
        page.click("tour-previous").await;
        page.see("tour-bar", &format!("Stop 2 of {stops}")).await;
        // Closed is closed, also after a reload; the tour's screen opens it again.
        page.click("tour-close").await;
        page.gone("tour-bar").await;
        page.client.refresh().await.expect("reload");
        page.find("status-requests").await;
        page.find("object-kind").await;
        assert_eq!(page.count("tour-bar").await, 0);
        page.open("/tour").await;
        page.see("tour", &format!("3 of {stops} seen")).await;
        page.click("tour-stop").await;
        page.see("tour-bar", &format!("Stop 1 of {stops}")).await;
        assert_eq!(page.count("tour-previous").await, 0, "nothing is before the first stop");
    })
    .await;
}

/// Who comes by another way is told what to look at, and nothing is counted.
#[tokio::test]
async fn a_stop_that_is_opened_without_the_tour_says_only_what_to_look_at() {
    journey(async |app| {
        let page = &app.page;
        page.open("/r/modern.sample/demo/app:1.2.0").await;
        page.see("tour-bar", "Sample").await;
        assert_eq!(page.count("tour-next").await, 0, "nobody walks");
        page.see("tour-sentence", "pkg add").await;
        assert!(!page.text("tour-sentence").await.contains('`'), "code stands as code");
        page.click("tour-all").await;
        page.at("/tour").await;
        page.click("tour-begin").await;
        page.see("tour-bar", "Stop 2 of").await;
        page.find("tour-next").await;
    })
    .await;
}

#[tokio::test]
async fn help_leads_to_the_tour_and_to_the_keys() {
    journey(async |app| {
        let page = &app.page;
        page.find("home").await;
        page.click("help").await;
        page.click("help-keys").await;
        page.see("keys-overlay", "Everywhere").await;
        page.click("keys-close").await;
        page.click("help").await;
        page.click("help-tour").await;
        page.at("/tour").await;
    })
    .await;
}
