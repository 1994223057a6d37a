"""The words of the made-up city: every language has the same number of each kind, so that a page and
its translations have the same structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The vocabulary of one language. Patterns name {topic}, {thing}, {place}, {paper} and {n}."""

    name: str
    cldr: str
    city: str
    news: str
    sitemap: str
    not_found: str
    office: str
    table: str
    topics: Sequence[str]
    things: Sequence[str]
    places: Sequence[str]
    papers: Sequence[str]
    titles: Sequence[str]
    headings: Sequence[str]
    sentences: Sequence[str]
    columns: Sequence[str]
    alt: str
    area: str
    month: str
    intro: str
    terms: Sequence[tuple[str, str]]
    term: str


TERM_IDS = ("ict", "shikuchoson", "online-procedure", "mynumber")
TOPIC_IDS = (
    *("procedures", "waste", "childcare", "welfare", "health"),
    *("disaster", "housing", "business", "culture", "government"),
)

JA = Words(
    name="日本語",
    cldr="ja",
    city="見本市",
    news="お知らせ",
    sitemap="サイトマップ",
    not_found="ページが見つかりません",
    office="{topic}課",
    table="表: {topic}の{thing}と受付の場所",
    topics=(
        *("届出と証明", "ごみと環境", "子育てと教育", "福祉と介護", "健康と医療"),
        *("防災と安全", "住まいと道路", "産業と仕事", "文化と観光", "市政の情報"),
    ),
    things=(
        *("住民票の写し", "印鑑登録", "粗大ごみ", "資源の回収", "保育所の利用", "児童手当"),
        *("介護保険", "障がい者手帳", "国民健康保険", "予防接種", "避難所", "消火器の設置"),
        *("市営住宅", "道路の占用", "水道の使用", "下水道への接続", "創業の支援", "農地の転用"),
        *(
            "図書館の利用",
            "公民館の予約",
            "市税の納付",
            "マイナンバーカード",
            "パブリックコメント",
            "情報公開",
        ),
    ),
    places=(
        *("本庁舎1階の総合窓口", "東部支所", "西部支所", "北部出張所", "南部コミュニティセンター"),
        *("クリーンセンター", "保健センター", "子育て支援センター", "中央図書館", "市民文化会館"),
        *("地域包括支援センター", "水道お客さまセンター"),
    ),
    papers=(
        *("申請書", "本人確認書類", "委任状", "健康保険証", "納税通知書", "在留カード"),
        *("印鑑登録証", "領収書", "診断書", "住宅の図面", "口座番号が分かるもの", "受付票"),
    ),
    titles=(
        "{thing}の手続き（案内{n}）",
        "{thing}の対象となる方（案内{n}）",
        "{thing}の費用と期間（案内{n}）",
        "{thing}のよくある質問（案内{n}）",
        "{thing}の受付日程（案内{n}）",
    ),
    headings=(
        *("対象となる方", "必要なもの", "手続きの流れ", "受付の場所", "費用", "受付の期間"),
        *("注意していただきたいこと", "結果のお知らせ", "関係する制度", "相談の窓口"),
    ),
    sentences=(
        "{thing}を希望する方は、{place}へ{paper}をお持ちください。",
        "{thing}の受付は、平日の午前8時30分から午後{n}時{m}分までです。",
        "{paper}を忘れた場合は、当日の手続きができないことがあります。",
        "{place}では、{thing}について{n}人の職員が相談を受けています。",
        "手数料は1件につき{n}{m}円で、{place}の窓口で納めていただきます。",
        "{thing}の結果は、申請した日から{n}日ほどで郵便によりお知らせします。",
        "市内に住所があり、{paper}を提出した方が{topic}の対象となります。",
        "代理の方が手続きをするときは、{paper}に加えて本人の署名が必要です。",
        "毎月第{n}土曜日は、{place}でも{thing}の相談ができます。",
        "{topic}についての制度は令和{n}年度に見直され、{thing}の条件が変わりました。",
        "車いすを使う方や{thing}に付き添う方のために、{place}に駐車場を{n}台分用意しています。",
        "電話での問い合わせは、{place}が受付番号{n}{m}番で承ります。",
    ),
    columns=("区分", "受付の場所", "必要なもの", "件数", "日数"),
    alt="{place}の入口から窓口までの案内図",
    area="{topic}：第{n}区分",
    month="{n}年{m}月のお知らせ",
    intro="{topic}に関する案内をまとめています。{place}で受け付ける手続きと、必要な書類を確かめられます。",
    terms=(
        ("ICT", "情報や通信に関わる技術をまとめて呼ぶ言葉です。"),
        ("市町村", "住民に最も近い地方公共団体のことです。"),
        ("電子申請", "窓口へ行かずにインターネットで手続きをする方法です。"),
        ("マイナンバー", "住民票のある人に付けられる12桁の番号です。"),
    ),
    term="この案内にある{term}の意味は、ページの下で説明しています。",
)

EN = Words(
    name="English",
    cldr="en_GB",
    city="Sample City",
    news="News",
    sitemap="Sitemap",
    not_found="Page not found",
    office="{topic} Division",
    table="Table: Where to go about {thing} ({topic})",
    topics=(
        *(
            "Certificates",
            "Waste and environment",
            "Children and schools",
            "Welfare and care",
            "Health",
        ),
        *(
            "Disasters and safety",
            "Housing and roads",
            "Business and work",
            "Culture and tourism",
            "City government",
        ),
    ),
    things=(
        *(
            "resident records",
            "seal registration",
            "oversized waste",
            "recycling",
            "nursery places",
            "child allowance",
        ),
        *(
            "care insurance",
            "disability certificates",
            "health insurance",
            "vaccination",
            "shelters",
            "fire extinguishers",
        ),
        *(
            "city housing",
            "use of roads",
            "water supply",
            "sewer connection",
            "starting a business",
            "use of farmland",
        ),
        *(
            "library cards",
            "hall bookings",
            "city tax",
            "My Number cards",
            "public comments",
            "access to documents",
        ),
    ),
    places=(
        *(
            "the counter in the main hall",
            "the East Branch",
            "the West Branch",
            "the North Office",
            "the South Centre",
        ),
        *(
            "the Clean Centre",
            "the Health Centre",
            "the Childcare Centre",
            "the Central Library",
            "the Civic Hall",
        ),
        *("the Community Care Centre", "the Water Service Centre"),
    ),
    papers=(
        *(
            "an application form",
            "proof of identity",
            "a letter of attorney",
            "an insurance card",
            "a tax notice",
            "a residence card",
        ),
        *(
            "a seal card",
            "a receipt",
            "a medical certificate",
            "a floor plan",
            "bank details",
            "a reception slip",
        ),
    ),
    titles=(
        "How to apply for {thing} (guide {n})",
        "Who can use {thing} (guide {n})",
        "Cost and time of {thing} (guide {n})",
        "Questions about {thing} (guide {n})",
        "Days for {thing} (guide {n})",
    ),
    headings=(
        *("Who can apply", "What to bring", "Steps", "Where to go", "Cost", "When to apply"),
        *("Please note", "How you hear the result", "Related services", "Where to ask"),
    ),
    sentences=(
        "If you want to ask about {thing}, bring {paper} to {place}.",
        "For {thing} we are open on weekdays from 8:30 until {n}:{m} in the afternoon.",
        "Without {paper} we may not be able to help you on the same day.",
        "At {place}, {n} members of staff answer questions about {thing}.",
        "The fee is {n}{m} yen for each case and is paid at {place}.",
        "You hear the result about {thing} by post about {n} days after you apply.",
        "If you live in the city and hand in {paper}, {topic} is open to you.",
        "Someone who applies for you needs {paper} and your signature.",
        "On Saturday number {n} of each month you can also ask about {thing} at {place}.",
        "The rules on {topic} were revised in Reiwa {n}, and {thing} changed.",
        "For wheelchair users and helpers with {thing}, {place} keeps {n} parking spaces.",
        "On the telephone, ask {place} for number {n}{m}.",
    ),
    columns=("Kind", "Where", "What to bring", "Cases", "Days"),
    alt="Map of the way from the entrance to the counter: {place}",
    area="{topic}: area {n}",
    month="News of {n}-{m}",
    intro="Guides about {topic}. See what you can do at {place} and which papers you need.",
    terms=(
        ("ICT", "All technology of information and communication."),
        ("Municipality", "The public body that is nearest to residents."),
        ("Online procedure", "A procedure done on the internet instead of at a counter."),
        ("My Number", "A number of 12 digits that every resident has."),
    ),
    term="What {term} means in this guide is told at the foot of the page.",
)

ZH_HANS = Words(
    name="简体中文",
    cldr="zh_Hans",
    city="样本市",
    news="新闻",
    sitemap="网站地图",
    not_found="找不到页面",
    office="{topic}科",
    table="表: {topic}的{thing}与受理地点",
    topics=(
        *("申报与证明", "垃圾与环境", "育儿与教育", "福利与护理", "健康与医疗"),
        *("防灾与安全", "住房与道路", "产业与就业", "文化与旅游", "市政信息"),
    ),
    things=(
        *("住民票副本", "印章登记", "大件垃圾", "资源回收", "保育所入园", "儿童津贴"),
        *("护理保险", "残疾人手册", "国民健康保险", "预防接种", "避难所", "灭火器设置"),
        *("市营住宅", "道路占用", "自来水使用", "下水道接入", "创业支援", "农地转用"),
        *("图书馆利用", "公民馆预约", "市税缴纳", "个人编号卡", "公众意见", "信息公开"),
    ),
    places=(
        *("市政府一楼综合窗口", "东部分所", "西部分所", "北部办事处", "南部社区中心", "清洁中心"),
        *(
            "保健中心",
            "育儿支援中心",
            "中央图书馆",
            "市民文化会馆",
            "社区综合支援中心",
            "自来水服务中心",
        ),
    ),
    papers=(
        *("申请书", "身份证件", "委托书", "健康保险证", "纳税通知书", "在留卡"),
        *("印章登记证", "收据", "诊断书", "住宅图纸", "银行账号资料", "受理单"),
    ),
    titles=(
        "{thing}的手续（指南{n}）",
        "{thing}的对象（指南{n}）",
        "{thing}的费用和期限（指南{n}）",
        "{thing}的常见问题（指南{n}）",
        "{thing}的受理日程（指南{n}）",
    ),
    headings=(
        *("对象", "所需物品", "手续流程", "受理地点", "费用", "受理期间"),
        *("注意事项", "结果通知", "相关制度", "咨询窗口"),
    ),
    sentences=(
        "希望办理{thing}的人，请携带{paper}前往{place}。",
        "{thing}的受理时间为工作日上午8点30分至下午{n}点{m}分。",
        "如果忘记携带{paper}，当天可能无法办理手续。",
        "在{place}，有{n}名职员接受关于{thing}的咨询。",
        "手续费每件{n}{m}日元，在{place}的窗口缴纳。",
        "{thing}的结果将在申请后约{n}天内以邮寄方式通知。",
        "在市内有住址并提交{paper}的人是{topic}的对象。",
        "由代理人办理手续时，除{paper}外还需要本人签名。",
        "每月第{n}个星期六，在{place}也可以咨询{thing}。",
        "关于{topic}的制度在令和{n}年度修订，{thing}的条件有所变化。",
        "为使用轮椅的人和陪同办理{thing}的人，{place}备有{n}个停车位。",
        "电话咨询请向{place}说明受理号码{n}{m}号。",
    ),
    columns=("类别", "受理地点", "所需物品", "件数", "天数"),
    alt="从{place}入口到窗口的导览图",
    area="{topic}：第{n}部分",
    month="{n}年{m}月的新闻",
    intro="汇总关于{topic}的指南。可以确认在{place}办理的手续和所需文件。",
    terms=(
        ("ICT", "信息与通信技术的总称。"),
        ("市町村", "离居民最近的地方公共团体。"),
        ("电子申请", "不去窗口而在互联网上办理手续的方法。"),
        ("个人编号", "分配给每位居民的12位号码。"),
    ),
    term="本指南中{term}的含义在页面下方说明。",
)

ZH_HANT = Words(
    name="繁體中文",
    cldr="zh_Hant",
    city="樣本市",
    news="新聞",
    sitemap="網站地圖",
    not_found="找不到頁面",
    office="{topic}課",
    table="表: {topic}的{thing}與受理地點",
    topics=(
        *("申報與證明", "垃圾與環境", "育兒與教育", "福利與照護", "健康與醫療"),
        *("防災與安全", "住宅與道路", "產業與就業", "文化與觀光", "市政資訊"),
    ),
    things=(
        *("住民票副本", "印鑑登記", "大型垃圾", "資源回收", "托育所入園", "兒童津貼"),
        *("照護保險", "身心障礙者手冊", "國民健康保險", "預防接種", "避難所", "滅火器設置"),
        *("市營住宅", "道路占用", "自來水使用", "下水道接管", "創業支援", "農地轉用"),
        *("圖書館利用", "公民館預約", "市稅繳納", "個人編號卡", "公眾意見", "資訊公開"),
    ),
    places=(
        *("市政府一樓綜合窗口", "東部分所", "西部分所", "北部辦事處", "南部社區中心", "清潔中心"),
        *(
            "保健中心",
            "育兒支援中心",
            "中央圖書館",
            "市民文化會館",
            "社區綜合支援中心",
            "自來水服務中心",
        ),
    ),
    papers=(
        *("申請書", "身分證件", "委託書", "健康保險證", "納稅通知書", "在留卡"),
        *("印鑑登記證", "收據", "診斷書", "住宅圖面", "銀行帳號資料", "受理單"),
    ),
    titles=(
        "{thing}的手續（指南{n}）",
        "{thing}的對象（指南{n}）",
        "{thing}的費用與期限（指南{n}）",
        "{thing}的常見問題（指南{n}）",
        "{thing}的受理日程（指南{n}）",
    ),
    headings=(
        *("對象", "所需物品", "手續流程", "受理地點", "費用", "受理期間"),
        *("注意事項", "結果通知", "相關制度", "諮詢窗口"),
    ),
    sentences=(
        "希望辦理{thing}的人，請攜帶{paper}前往{place}。",
        "{thing}的受理時間為平日上午8點30分至下午{n}點{m}分。",
        "如果忘記攜帶{paper}，當天可能無法辦理手續。",
        "在{place}，有{n}名職員接受關於{thing}的諮詢。",
        "手續費每件{n}{m}日圓，在{place}的窗口繳納。",
        "{thing}的結果將在申請後約{n}天內以郵寄方式通知。",
        "在市內有住址並提交{paper}的人是{topic}的對象。",
        "由代理人辦理手續時，除{paper}外還需要本人簽名。",
        "每月第{n}個星期六，在{place}也可以諮詢{thing}。",
        "關於{topic}的制度在令和{n}年度修訂，{thing}的條件有所變化。",
        "為使用輪椅的人和陪同辦理{thing}的人，{place}備有{n}個停車位。",
        "電話諮詢請向{place}說明受理號碼{n}{m}號。",
    ),
    columns=("類別", "受理地點", "所需物品", "件數", "天數"),
    alt="從{place}入口到窗口的導覽圖",
    area="{topic}：第{n}部分",
    month="{n}年{m}月的新聞",
    intro="彙整關於{topic}的指南。可以確認在{place}辦理的手續和所需文件。",
    terms=(
        ("ICT", "資訊與通訊技術的總稱。"),
        ("市町村", "離居民最近的地方公共團體。"),
        ("電子申請", "不去窗口而在網際網路上辦理手續的方法。"),
        ("個人編號", "分配給每位居民的12位號碼。"),
    ),
    term="本指南中{term}的意思在頁面下方說明。",
)

KO = Words(
    name="한국어",
    cldr="ko",
    city="견본시",
    news="소식",
    sitemap="사이트맵",
    not_found="페이지를 찾을 수 없습니다",
    office="{topic}과",
    table="Table: {topic} {thing} 접수 장소",
    topics=(
        *("신고와 증명", "쓰레기와 환경", "육아와 교육", "복지와 돌봄", "건강과 의료"),
        *("방재와 안전", "주거와 도로", "산업과 일자리", "문화와 관광", "시정 정보"),
    ),
    things=(
        *("주민표 사본", "인감 등록", "대형 쓰레기", "자원 회수", "보육소 이용", "아동 수당"),
        *("개호 보험", "장애인 수첩", "국민건강보험", "예방 접종", "대피소", "소화기 설치"),
        *("시영 주택", "도로 점용", "수도 사용", "하수도 연결", "창업 지원", "농지 전용"),
        *("도서관 이용", "공민관 예약", "시세 납부", "마이넘버 카드", "시민 의견", "정보 공개"),
    ),
    places=(
        *(
            "본청 1층 종합 창구",
            "동부 지소",
            "서부 지소",
            "북부 출장소",
            "남부 커뮤니티센터",
            "클린센터",
        ),
        *(
            "보건센터",
            "육아지원센터",
            "중앙도서관",
            "시민문화회관",
            "지역포괄지원센터",
            "수도고객센터",
        ),
    ),
    papers=(
        *("신청서", "신분증", "위임장", "건강보험증", "납세 통지서", "재류 카드"),
        *("인감 등록증", "영수증", "진단서", "주택 도면", "계좌 번호 자료", "접수표"),
    ),
    titles=(
        "{thing} 절차 (안내 {n})",
        "{thing} 대상 (안내 {n})",
        "{thing} 비용과 기간 (안내 {n})",
        "{thing} 자주 묻는 질문 (안내 {n})",
        "{thing} 접수 일정 (안내 {n})",
    ),
    headings=(
        *("대상", "필요한 것", "절차의 흐름", "접수 장소", "비용", "접수 기간"),
        *("주의할 점", "결과 알림", "관련 제도", "상담 창구"),
    ),
    sentences=(
        "{thing} 이용을 원하는 분은 {place}에 {paper} 등을 가져오십시오.",
        "{thing} 접수는 평일 오전 8시 30분부터 오후 {n}시 {m}분까지입니다.",
        "{paper} 등을 잊은 경우 당일 절차를 할 수 없을 수 있습니다.",
        "{place}에서는 {thing}에 대해 직원 {n}명이 상담을 받습니다.",
        "수수료는 1건에 {n}{m}엔이며 {place} 창구에서 냅니다.",
        "{thing} 결과는 신청일부터 {n}일쯤 뒤에 우편으로 알려 드립니다.",
        "시내에 주소가 있고 {paper} 등을 제출한 분이 {topic}의 대상입니다.",
        "대리인이 절차를 밟을 때는 {paper} 외에 본인 서명이 필요합니다.",
        "매월 {n}번째 토요일에는 {place}에서도 {thing} 상담을 할 수 있습니다.",
        "{topic} 제도는 레이와 {n}년도에 개정되어 {thing} 조건이 바뀌었습니다.",
        "휠체어 이용자와 {thing} 동반자를 위해 {place}에 주차 공간 {n}대분을 마련했습니다.",
        "전화 문의는 {place}에 접수 번호 {n}{m}번을 말씀해 주십시오.",
    ),
    columns=("구분", "접수 장소", "필요한 것", "건수", "일수"),
    alt="{place} 입구에서 창구까지의 안내도",
    area="{topic}: 제{n}구분",
    month="{n}년 {m}월 소식",
    intro="{topic}에 관한 안내를 모았습니다. {place}에서 하는 절차와 필요한 서류를 확인할 수 있습니다.",
    terms=(
        ("ICT", "정보와 통신에 관한 기술을 통틀어 부르는 말입니다."),
        ("시정촌", "주민에게 가장 가까운 지방 공공 단체입니다."),
        ("전자 신청", "창구에 가지 않고 인터넷으로 절차를 밟는 방법입니다."),
        ("마이넘버", "모든 주민에게 붙는 12자리 번호입니다."),
    ),
    term="이 안내에 있는 {term}의 뜻은 페이지 아래에서 설명합니다.",
)

VI = Words(
    name="Tiếng Việt",
    cldr="vi",
    city="Thành phố Mẫu",
    news="Thông báo",
    sitemap="Sơ đồ trang",
    not_found="Không tìm thấy trang",
    office="Phòng {topic}",
    table="Table: Nơi tiếp nhận {thing} ({topic})",
    topics=(
        *(
            "Khai báo và chứng nhận",
            "Rác và môi trường",
            "Trẻ em và giáo dục",
            "Phúc lợi và chăm sóc",
            "Sức khỏe và y tế",
        ),
        *(
            "Phòng chống thiên tai",
            "Nhà ở và đường sá",
            "Kinh doanh và việc làm",
            "Văn hóa và du lịch",
            "Thông tin thành phố",
        ),
    ),
    things=(
        *(
            "bản sao phiếu cư trú",
            "đăng ký con dấu",
            "rác cồng kềnh",
            "thu gom tái chế",
            "nhà trẻ",
            "trợ cấp trẻ em",
        ),
        *(
            "bảo hiểm chăm sóc",
            "sổ khuyết tật",
            "bảo hiểm y tế",
            "tiêm chủng",
            "nơi lánh nạn",
            "bình chữa cháy",
        ),
        *(
            "nhà ở thành phố",
            "sử dụng đường",
            "cấp nước",
            "nối cống thoát nước",
            "khởi nghiệp",
            "chuyển đổi đất nông nghiệp",
        ),
        *(
            "thẻ thư viện",
            "đặt hội trường",
            "thuế thành phố",
            "thẻ My Number",
            "góp ý của người dân",
            "công khai thông tin",
        ),
    ),
    places=(
        *(
            "quầy tổng hợp tầng 1",
            "chi nhánh Đông",
            "chi nhánh Tây",
            "văn phòng Bắc",
            "trung tâm cộng đồng Nam",
            "trung tâm vệ sinh",
        ),
        *(
            "trung tâm y tế",
            "trung tâm hỗ trợ nuôi con",
            "thư viện trung tâm",
            "nhà văn hóa",
            "trung tâm hỗ trợ khu vực",
            "trung tâm khách hàng nước",
        ),
    ),
    papers=(
        *(
            "đơn đăng ký",
            "giấy tờ tùy thân",
            "giấy ủy quyền",
            "thẻ bảo hiểm",
            "thông báo thuế",
            "thẻ cư trú",
        ),
        *(
            "thẻ con dấu",
            "biên lai",
            "giấy chẩn đoán",
            "bản vẽ nhà",
            "số tài khoản",
            "phiếu tiếp nhận",
        ),
    ),
    titles=(
        "Thủ tục {thing} (hướng dẫn {n})",
        "Đối tượng của {thing} (hướng dẫn {n})",
        "Chi phí và thời hạn {thing} (hướng dẫn {n})",
        "Câu hỏi về {thing} (hướng dẫn {n})",
        "Lịch tiếp nhận {thing} (hướng dẫn {n})",
    ),
    headings=(
        *(
            "Đối tượng",
            "Cần mang theo",
            "Các bước",
            "Nơi tiếp nhận",
            "Chi phí",
            "Thời gian tiếp nhận",
        ),
        *("Xin lưu ý", "Thông báo kết quả", "Chế độ liên quan", "Nơi tư vấn"),
    ),
    sentences=(
        "Nếu cần {thing}, xin mang {paper} đến {place}.",
        "Tiếp nhận {thing} vào ngày thường từ 8 giờ 30 sáng đến {n} giờ {m} chiều.",
        "Nếu quên {paper}, có thể không làm được thủ tục trong ngày.",
        "Tại {place} có {n} nhân viên tư vấn về {thing}.",
        "Lệ phí mỗi hồ sơ là {n}{m} yên, nộp tại {place}.",
        "Kết quả về {thing} được gửi qua bưu điện khoảng {n} ngày sau khi nộp đơn.",
        "Người có địa chỉ trong thành phố và nộp {paper} là đối tượng của {topic}.",
        "Khi người đại diện làm thủ tục, ngoài {paper} cần chữ ký của chính người đó.",
        "Thứ Bảy thứ {n} hằng tháng cũng có thể hỏi về {thing} tại {place}.",
        "Chế độ về {topic} được sửa đổi năm Reiwa {n}, và điều kiện {thing} đã thay đổi.",
        "Cho người dùng xe lăn và người đi cùng về {thing}, {place} có {n} chỗ đỗ xe.",
        "Hỏi qua điện thoại, xin nói với {place} số tiếp nhận {n}{m}.",
    ),
    columns=("Loại", "Nơi tiếp nhận", "Cần mang theo", "Số hồ sơ", "Số ngày"),
    alt="Bản đồ đường từ cửa vào đến quầy của {place}",
    area="{topic}: phần {n}",
    month="Thông báo tháng {m} năm {n}",
    intro="Hướng dẫn về {topic}. Có thể xem thủ tục tại {place} và giấy tờ cần thiết.",
    terms=(
        ("ICT", "Tên chung của công nghệ thông tin và truyền thông."),
        ("Chính quyền cơ sở", "Cơ quan công gần người dân nhất."),
        ("Thủ tục trực tuyến", "Cách làm thủ tục qua internet mà không đến quầy."),
        ("My Number", "Số gồm 12 chữ số của mỗi người dân."),
    ),
    term="Nghĩa của {term} trong hướng dẫn này được giải thích ở cuối trang.",
)

LANGUAGES = {"ja": JA, "en": EN, "zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT, "ko": KO, "vi": VI}
"""Every language the city can have, in the order in which they are added; Japanese is the original."""
